/**
 * Response surfaces for the statistics whose chance distribution has no formula: simulates null series of many laws and
 * lengths, and fits how the value that chance exceeds in 5 % of them (scale), and how fast it is exceeded beyond (rise),
 * depend on what the ordinary samples look like. Writes `src/stats/scan-surfaces.ts` and `src/stats/regime-surfaces.ts`.
 * `npx tsx test/bench/null-surfaces.ts [runs] [scan|regime]`; seeded, so that it writes the same again.
 */
import { writeFileSync } from 'node:fs';
import { STEEPEST, surfaceTerms, type Surface } from '../../src/stats/null-surface.js';
import type { NullShape } from '../../src/stats/null-shape.js';
import { scoreOf } from '../../src/stats/normal.js';
import { rawRegimes, REGIME_CROSSED } from '../../src/stats/regimes.js';
import { CROSSED, type ScanKind } from '../../src/stats/scan-shape.js';
import { fitRun, scanRuns, scanTable, scanThreshold } from '../../src/stats/scan.js';
import { abrupt, survey } from '../../src/stats/scoring.js';
import { deviationSizes } from '../../src/stats/spread-changes.js';
import { nullLaws } from '../support/null-laws.js';

const RUNS = Number(process.argv[2] ?? 600);
const WHAT = process.argv[3] ?? 'scan,regime';
const LENGTHS = [14, 20, 30, 45, 60, 90, 120, 200, 300, 600, 1000, 3000, 6000];

/** Null values of one statistic: their strata (law × length), terms, and textbook values at 5 % and 1 %. */
class Sample {
  readonly strata: number[] = [];
  readonly terms: number[][] = [];
  readonly statistic: number[] = [];
  readonly five: number[] = [];
  readonly one: number[] = [];
  traits = 0;
  add(stratum: number, shape: NullShape, crossed: number, statistic: number, five: number, one: number): void {
    this.traits = shape.traits.length;
    this.strata.push(stratum);
    this.terms.push(surfaceTerms(shape, crossed));
    this.statistic.push(statistic);
    this.five.push(five);
    this.one.push(one);
  }
}

const runsAt = (n: number): number => (n > 1000 ? RUNS / 4 : n > 400 ? RUNS / 2 : RUNS);
const bars = new Map(LENGTHS.flatMap((n) => [[n, 0]]));

function barOf(alpha: number, n: number): number {
  const key = alpha * 1e6 + n;
  let bar = bars.get(key);
  if (bar === undefined) bars.set(key, (bar = scanThreshold(alpha, n)));
  return bar;
}

function scanSamples(): Map<string, Sample> {
  const out = new Map<string, Sample>();
  nullLaws.forEach((law, l) =>
    LENGTHS.forEach((n, k) => {
      for (let run = 0; run < runsAt(n); run++) {
        const given = law.draw(n, run * 104_729 + n * 31 + l * 7 + 5);
        const found = survey(given);
        if (found === null) continue;
        const table = scanTable(found.pass.score);
        const departure = found.pass.score.map((_, i) => given.value[found.index[i]!]! - found.pass.baseline);
        for (const side of ['up', 'down'] as const) {
          const d = side === 'up' ? 1 : -1;
          const best = scanRuns(table, found.pass, 0.5, d, 4)
            .map((one) => fitRun(one, found.pass.score, departure, d))
            .filter((one) => abrupt(one, found.pass, found.ordinary));
          const top = Math.max(0, ...best.map(({ score }) => score));
          const key = `${found.shape.kind} ${side}`;
          let sample = out.get(key);
          if (sample === undefined) out.set(key, (sample = new Sample()));
          const used = found.index.length;
          const crossed = CROSSED[found.shape.kind];
          sample.add(l * 100 + k, found.shape[side], crossed, top, barOf(0.05, used), barOf(0.01, used));
        }
      }
    }),
  );
  return out;
}

const FIVE = scoreOf(0.05);
const ONE = scoreOf(0.01);

function regimeSamples(): Map<string, Sample> {
  const out = new Map([
    ['shift', new Sample()],
    ['slope', new Sample()],
    ['spread', new Sample()],
  ]);
  nullLaws.forEach((law, l) =>
    LENGTHS.forEach((n, k) => {
      for (let run = 0; run < runsAt(n); run++) {
        const values = law.draw(n, run * 15_485_863 + n * 37 + l * 11 + 3).value.filter(Number.isFinite);
        const add = (key: string, shape: NullShape, found: readonly { readonly p: number }[]): void =>
          out
            .get(key)!
            .add(l * 100 + k, shape, REGIME_CROSSED, scoreOf(Math.min(1, ...found.map(({ p }) => p))), FIVE, ONE);
        const raw = rawRegimes(values);
        if (raw !== null) {
          add('shift', raw.shape, raw.shifts);
          add('slope', raw.shape, raw.slopes);
        }
        const sized = deviationSizes(values);
        const spread = sized === null ? null : rawRegimes(sized.size, 'spread');
        if (spread !== null) add('spread', spread.shape, spread.shifts);
      }
    }),
  );
  return out;
}

/** What share of each stratum was left out of the sample (statistic 0 by construction), by stratum. */
function sizes(strata: readonly number[]): Map<number, number> {
  const count = new Map<number, number>();
  for (const s of strata) count.set(s, (count.get(s) ?? 0) + 1);
  return count;
}

/** All series of a stratum for statistics that every series has; of kinds, those of the kind. */
function totalOf(stratum: number, own: number, whole: boolean): number {
  return whole ? runsAt(LENGTHS[stratum % 100]!) : own;
}

/**
 * Fits the scale at 5 %, more freely than it is used, which costs no size; then, with it as it is used, the rise. Shares
 * above a bar have no convex loss, and how far the search may go decides where it ends: of several `ranges`, as shares of
 * the least scale, the best is taken.
 */
function fit(
  sample: Sample,
  whole: boolean,
  bounds: Pick<Surface, 'least' | 'most' | 'slowest'>,
  ranges: readonly number[] = [1],
): Surface {
  const { least, most, slowest } = bounds;
  const used = [Math.log(least), Math.log(most)] as const;
  const barsOf = (scale: readonly number[]): number[] =>
    sample.terms.map((terms, i) => Math.exp(clamp(dot(terms, scale), used)) * sample.five[i]!);
  const [best] = ranges
    .map((share) => minimise(sample, whole, [Math.log(share * least), Math.log(4.5)]))
    .map((scale) => ({ scale, bars: barsOf(scale) }))
    .map((one) => ({ ...one, loss: lossOf(sample, whole, one.bars) }))
    .sort((a, b) => a.loss - b.loss);
  const { scale, bars } = best!;
  return { ...bounds, scale, rise: slowest < 1 ? riseOf(sample, bars) : [] };
}

/** How far the shares of the strata above their bars are from 5 %: mean of weighted squared log ratios. */
function lossOf(sample: Sample, whole: boolean, bars: readonly number[]): number {
  const counts = sizes(sample.strata);
  const above = new Map<number, number>();
  sample.strata.forEach((id, i) => {
    if (sample.statistic[i]! > bars[i]!) above.set(id, (above.get(id) ?? 0) + 1);
  });
  let sum = 0;
  let used = 0;
  for (const [id, own] of counts) {
    const total = totalOf(id, own, whole);
    if (total < RUNS / 8) continue;
    const off = offOf((above.get(id) ?? 0) / total);
    sum += weightOf(off) * off ** 2;
    used++;
  }
  return sum / used;
}

/** Logarithm of a share over the promised one, both softened so that none at all is not infinitely wrong. */
const offOf = (share: number): number => Math.log((share + SMALL) / (ALPHA + SMALL));
/** Too many false alarms are worse than too few. */
const weightOf = (off: number): number => (off > 0 ? 5 : 2);

/** Terms that the rise depends on: those without products of traits. */
const risingTerms = (sample: Sample): number => 3 + 3 * sample.traits;

/**
 * Weights of the rise by maximum likelihood from what exceeds its bar (peaks over a threshold, Davison & Smith 1990, JRSS
 * B 52:393): the scores there are taken for the tail of a scan, density z²·exp(−z²/2) in ln x, with z = usual·x^rise.
 */
function riseOf(sample: Sample, bar: readonly number[]): number[] {
  // more freely than it is used
  const range = [Math.log(0.25), Math.log(STEEPEST)] as const;
  const over = bar.flatMap((b, i) => (sample.statistic[i]! > b ? [i] : []));
  const width = risingTerms(sample);
  const rows = over.map((i) => sample.terms[i]!.slice(0, width));
  const { mean, sd } = moments(rows, width);
  const x = rows.map((row) => row.map((v, k) => (k === 0 ? 1 : (v - mean[k]!) / sd[k]!)));
  const far = over.map((i) => Math.log(sample.statistic[i]! / bar[i]!));
  const adam = new Adam(width, 1500);
  while (adam.next()) {
    const gradient = Float64Array.from(adam.beta, (b, k) => (k === 0 ? 0 : RIDGE * b));
    x.forEach((row, j) => {
      const at = dot(row, adam.beta);
      const rise = Math.exp(clamp(at, range));
      const z = sample.five[over[j]!]! * Math.exp(rise * far[j]!);
      // of −ln density by the logarithm of the rise
      const pull = -(1 + (2 - z * z) * rise * far[j]!);
      const inside = at > range[0] && at < range[1] ? 1 : 0.1;
      for (let k = 0; k < width; k++) gradient[k]! += (inside * Math.max(-50, Math.min(50, pull)) * row[k]!) / x.length;
    });
    adam.step(gradient);
  }
  return unstandardised(adam.beta, mean, sd);
}

const RIDGE = 1e-3;

/** Descent by Adam (Kingma & Ba 2015, ICLR), its steps getting smaller towards the last round. */
class Adam {
  readonly beta: Float64Array;
  readonly rounds: number;
  round = 0;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  constructor(width: number, rounds: number) {
    this.rounds = rounds;
    this.beta = new Float64Array(width);
    this.first = new Float64Array(width);
    this.second = new Float64Array(width);
  }
  next(): boolean {
    return ++this.round <= this.rounds;
  }
  step(gradient: Float64Array): void {
    const rate = 0.03 * (1 - this.round / (1.05 * this.rounds));
    for (let k = 0; k < gradient.length; k++) {
      this.first[k] = 0.9 * this.first[k]! + 0.1 * gradient[k]!;
      this.second[k] = 0.99 * this.second[k]! + 0.01 * gradient[k]! ** 2;
      this.beta[k]! -=
        (rate * this.first[k]!) /
        (1 - 0.9 ** this.round) /
        (Math.sqrt(this.second[k]! / (1 - 0.99 ** this.round)) + 1e-8);
    }
  }
}

/** Weights of terms as they are, from those of standardised ones. */
function unstandardised(beta: Float64Array, mean: Float64Array, sd: Float64Array): number[] {
  const weights = Array.from(beta, (b, k) => (k === 0 ? b : b / sd[k]!));
  for (let k = 1; k < beta.length; k++) weights[0]! -= (beta[k]! * mean[k]!) / sd[k]!;
  return weights.map((w) => Number(w.toPrecision(5)));
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += a[k]! * b[k]!;
  return sum;
};
const clamp = (x: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, x));

/**
 * Weights that bring the share of each stratum above its bar as near to 5 % as a surface can: sum of squared log ratios,
 * steps softened.
 */
function minimise(sample: Sample, whole: boolean, range: readonly [number, number]): number[] {
  const n = sample.statistic.length;
  const width = sample.terms[0]!.length;
  const { mean, sd } = moments(sample.terms, width);
  const x = new Float64Array(n * width);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < width; k++) x[i * width + k] = k === 0 ? 1 : (sample.terms[i]![k]! - mean[k]!) / sd[k]!;
  const counts = sizes(sample.strata);
  const ids = [...counts.keys()];
  const where = new Map(ids.map((id, j) => [id, j]));
  const stratum = Int32Array.from(sample.strata, (id) => where.get(id)!);
  const total = ids.map((id) => totalOf(id, counts.get(id)!, whole));
  const use = ids.map((id, j) => total[j]! >= RUNS / 8 && reachable(sample, stratum, j, counts.get(id)!));
  const used = use.filter(Boolean).length;
  const adam = new Adam(width, 500);
  while (adam.next()) {
    const soft = adam.round < adam.rounds / 2 ? 0.08 : 0.03;
    const share = new Float64Array(ids.length);
    const slope = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let at = 0;
      for (let k = 0; k < width; k++) at += x[i * width + k]! * adam.beta[k]!;
      const held = clamp(at, range);
      const bar = Math.exp(held) * sample.five[i]!;
      const above = 1 / (1 + Math.exp(clamp((bar - sample.statistic[i]!) / soft, [-40, 40])));
      share[stratum[i]!]! += above / total[stratum[i]!]!;
      slope[i] = ((held === at ? -1 : -0.1) * above * (1 - above) * bar) / soft;
    }
    const gradient = Float64Array.from(adam.beta, (b, k) => (k === 0 ? 0 : RIDGE_OF_SCALE * b));
    const pull = ids.map((_, j) => {
      const off = offOf(share[j]!);
      return use[j]! ? (weightOf(off) * off) / (share[j]! + SMALL) / total[j]! / used : 0;
    });
    for (let i = 0; i < n; i++) {
      const g = pull[stratum[i]!]! * slope[i]!;
      if (g !== 0) for (let k = 0; k < width; k++) gradient[k]! += g * x[i * width + k]!;
    }
    adam.step(gradient);
  }
  return unstandardised(adam.beta, mean, sd);
}

const ALPHA = 0.05;
const SMALL = 0.06 * ALPHA;
/** Shrinkage of the scale's weights: with less, what was never drawn is read as chance pleases. */
const RIDGE_OF_SCALE = 2e-2;

/** Whether chance reaches anything at all in a stratum: nothing falls below a floor at which most samples lie. */
function reachable(sample: Sample, stratum: Int32Array, j: number, count: number): boolean {
  let above = 0;
  for (let i = 0; i < stratum.length; i++)
    if (stratum[i] === j && sample.statistic[i]! > 0.4 * sample.five[i]!) above++;
  return above > 0.06 * count;
}

function moments(terms: readonly (readonly number[])[], width: number): { mean: Float64Array; sd: Float64Array } {
  const mean = new Float64Array(width);
  const sd = new Float64Array(width);
  for (const row of terms) for (let k = 0; k < width; k++) mean[k]! += row[k]! / terms.length;
  for (const row of terms) for (let k = 0; k < width; k++) sd[k]! += (row[k]! - mean[k]!) ** 2 / terms.length;
  return { mean, sd: sd.map((v) => Math.sqrt(v) || 1) };
}

/** Shares of each stratum at 5 % and 1 % by the fitted surface. */
function show(name: string, sample: Sample, surface: Surface, whole: boolean): void {
  console.log(`\n${name}: % at nominal 5 / 1, by length ${LENGTHS.join(', ')}`);
  const rows = new Map<number, [number, number, number]>();
  for (let i = 0; i < sample.statistic.length; i++) {
    const row = rows.get(sample.strata[i]!) ?? [0, 0, 0];
    rows.set(sample.strata[i]!, row);
    const s = Math.exp(clamp(dot(sample.terms[i]!, surface.scale), [Math.log(surface.least), Math.log(surface.most)]));
    const g = Math.exp(clamp(dot(sample.terms[i]!, surface.rise), [Math.log(surface.slowest), Math.log(STEEPEST)]));
    row[0]++;
    if (sample.statistic[i]! > s * sample.five[i]!) row[1]++;
    if (sample.statistic[i]! > s * sample.five[i]! * Math.pow(sample.one[i]! / sample.five[i]!, 1 / g)) row[2]++;
  }
  nullLaws.forEach((law, l) => {
    const cells = LENGTHS.map((_, k) => {
      const row = rows.get(l * 100 + k);
      if (row === undefined || row[0] < RUNS / 8) return '    –    ';
      const total = totalOf(l * 100 + k, row[0], whole);
      return `${((100 * row[1]) / total).toFixed(1).padStart(4)}/${((100 * row[2]) / total).toFixed(1).padStart(4)}`;
    });
    if (cells.some((cell) => cell.includes('/'))) console.log(law.name.padEnd(42), cells.join(' '));
  });
}

const literal = ({ least, most, slowest, scale, rise }: Surface): string =>
  `{ least: ${least}, most: ${most}, slowest: ${slowest}, scale: [${scale.join(', ')}], rise: [${rise.join(', ')}] }`;
const head = (imports: string): string =>
  `${imports}\n/** Written by \`test/bench/null-surfaces.ts\`: terms in the order of \`surfaceTerms\`. */\n`;

/** Bounds in use: what a kind may lose of its power for the sake of its size; least for counts, whose law is known. */
const MOST: Readonly<Record<ScanKind, number>> = { level: 1.3, rest: 1.15, count: 1.3 };
const SLOWEST: Readonly<Record<ScanKind, number>> = { level: 0.5, rest: 0.75, count: 0.75 };

/**
 * Counts reach nothing at all below their floor, which drags a search that may not go low. Resting series are not searched
 * twice: what a first leave after none is worth lies outside what was drawn, and is left to the textbook.
 */
const RANGES: Readonly<Record<ScanKind, readonly number[]>> = { level: [1], rest: [1], count: [1, 0.5] };

if (WHAT.includes('scan')) {
  const samples = scanSamples();
  const kinds: readonly ScanKind[] = ['level', 'rest', 'count'];
  const rows = kinds.map((kind) => {
    const sides = (['up', 'down'] as const).map((side) => {
      const sample = samples.get(`${kind} ${side}`)!;
      const surface = fit(sample, false, { least: 0.7, most: MOST[kind], slowest: SLOWEST[kind] }, RANGES[kind]);
      show(`scan ${kind} ${side}`, sample, surface, false);
      return `${side}: ${literal(surface)}`;
    });
    return `  ${kind}: { ${sides.join(', ')} },`;
  });
  writeFileSync(
    new URL('../../src/stats/scan-surfaces.ts', import.meta.url),
    `${head("import type { Surface } from './null-surface.js';\nimport type { ScanKind } from './scan-shape.js';\n")}export const SCAN_SURFACES: Readonly<Record<ScanKind, { readonly up: Surface; readonly down: Surface }>> = {\n${rows.join('\n')}\n};\n`,
  );
}
if (WHAT.includes('regime')) {
  const rows: string[] = [];
  for (const [key, sample] of regimeSamples()) {
    // sureness beyond the usual is bounded by the length of the description, not by a rise
    const surface = fit(sample, true, { least: 0.3, most: key === 'spread' ? 2 : 4.5, slowest: 1 });
    show(key, sample, surface, true);
    rows.push(`  ${key}: ${literal(surface)},`);
  }
  writeFileSync(
    new URL('../../src/stats/regime-surfaces.ts', import.meta.url),
    `${head("import type { Surface } from './null-surface.js';\n")}export const REGIME_SURFACES: Readonly<Record<'shift' | 'slope' | 'spread', Surface>> = {\n${rows.join('\n')}\n};\n`,
  );
}
