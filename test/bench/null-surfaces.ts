/**
 * Response surfaces for the statistics whose chance distribution has no formula: simulates null series of many laws and
 * lengths, and fits how the value that chance exceeds in 5 % (scale) and in 1 % (rise) of them depends on what the ordinary
 * samples look like. Writes `src/stats/scan-surfaces.ts` and `src/stats/regime-surfaces.ts`.
 * `npx tsx test/bench/null-surfaces.ts [runs] [scan|regime]`; seeded, so that it writes the same again.
 */
import { writeFileSync } from 'node:fs';
import { RISE, surfaceTerms, type Surface } from '../../src/stats/null-surface.js';
import type { NullShape } from '../../src/stats/null-shape.js';
import { scoreOf } from '../../src/stats/normal.js';
import { rawRegimes, REGIME_CROSSED } from '../../src/stats/regimes.js';
import { CROSSED, type ScanKind } from '../../src/stats/scan-shape.js';
import { fitRun, scanRuns, scanTable, scanThreshold } from '../../src/stats/scan.js';
import { abrupt, survey } from '../../src/stats/scoring.js';
import { deviationSizes } from '../../src/stats/spread-changes.js';
import { nullLaws } from '../support/null-laws.js';

const RUNS = Number(process.argv[2] ?? 700);
const WHAT = process.argv[3] ?? 'scan,regime';
const LENGTHS = [14, 20, 30, 45, 60, 100, 200, 400, 1000, 3000];

/** Null values of one statistic: their strata (law × length), terms, and textbook values at 5 % and 1 %. */
class Sample {
  readonly strata: number[] = [];
  readonly terms: number[][] = [];
  readonly statistic: number[] = [];
  readonly five: number[] = [];
  readonly one: number[] = [];
  add(stratum: number, shape: NullShape, crossed: number, statistic: number, five: number, one: number): void {
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
        const spread = sized === null ? null : rawRegimes(sized.size);
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

/** Fits the scale at 5 %, then, with it, the rise at 1 %; both more freely than they are used, which costs no size. */
function fit(sample: Sample, whole: boolean, least: number, most: number): Surface {
  const range = [Math.log(least), Math.log(4.5)] as const;
  const n = sample.statistic.length;
  const scale = minimise(sample, whole, range, 0.05, (i, s) => [s * sample.five[i]!, s * sample.five[i]!]);
  const s = Float64Array.from({ length: n }, (_, i) => Math.exp(clamp(dot(sample.terms[i]!, scale), range)));
  const rise = minimise(sample, whole, [Math.log(0.5), Math.log(2)], 0.01, (i, g) => {
    const ratio = sample.one[i]! / sample.five[i]!;
    const bar = s[i]! * sample.five[i]! * Math.pow(ratio, 1 / g);
    return [bar, (-bar * Math.log(ratio)) / g];
  });
  return { least, most, scale, rise };
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += a[k]! * b[k]!;
  return sum;
};
const clamp = (x: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, x));

/**
 * Weights that bring the share of each stratum above its bar as near to `alpha` as a surface can: sum of squared log
 * ratios, steps softened, by Adam (Kingma & Ba 2015) on standardised terms.
 * @param barOf - bar of series i for the exponential of its surface, and its derivative by the logarithm of that
 */
function minimise(
  sample: Sample,
  whole: boolean,
  range: readonly [number, number],
  alpha: number,
  barOf: (i: number, at: number) => readonly [number, number],
): number[] {
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
  const beta = new Float64Array(width);
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  const rounds = 500;
  for (let round = 1; round <= rounds; round++) {
    const soft = round < rounds / 2 ? 0.08 : 0.03;
    const share = new Float64Array(ids.length);
    const slope = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let at = 0;
      for (let k = 0; k < width; k++) at += x[i * width + k]! * beta[k]!;
      const held = clamp(at, range);
      const [bar, by] = barOf(i, Math.exp(held));
      const above = 1 / (1 + Math.exp(clamp((bar - sample.statistic[i]!) / soft, [-40, 40])));
      share[stratum[i]!]! += above / total[stratum[i]!]!;
      slope[i] = ((held === at ? -1 : -0.1) * above * (1 - above) * by) / soft;
    }
    const gradient = Float64Array.from(beta, (b, k) => (k === 0 ? 0 : 2e-3 * b));
    const small = 0.06 * alpha;
    // too many false alarms are worse than too few
    const pull = ids.map((_, j) => {
      const off = Math.log((share[j]! + small) / (alpha + small));
      return use[j]! ? ((off > 0 ? 3 : 2) * off) / (share[j]! + small) / total[j]! / used : 0;
    });
    for (let i = 0; i < n; i++) {
      const g = pull[stratum[i]!]! * slope[i]!;
      if (g !== 0) for (let k = 0; k < width; k++) gradient[k]! += g * x[i * width + k]!;
    }
    const rate = 0.03 * (1 - round / (1.05 * rounds));
    for (let k = 0; k < width; k++) {
      first[k] = 0.9 * first[k]! + 0.1 * gradient[k]!;
      second[k] = 0.99 * second[k]! + 0.01 * gradient[k]! ** 2;
      beta[k]! -= (rate * first[k]!) / (1 - 0.9 ** round) / (Math.sqrt(second[k]! / (1 - 0.99 ** round)) + 1e-8);
    }
  }
  const weights = Array.from(beta, (b, k) => (k === 0 ? b : b / sd[k]!));
  for (let k = 1; k < width; k++) weights[0]! -= (beta[k]! * mean[k]!) / sd[k]!;
  return weights.map((w) => Number(w.toPrecision(5)));
}

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
    const g = Math.exp(clamp(dot(sample.terms[i]!, surface.rise), RISE));
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

const literal = ({ least, most, scale, rise }: Surface): string =>
  `{ least: ${least}, most: ${most}, scale: [${scale.join(', ')}], rise: [${rise.join(', ')}] }`;
const head = (imports: string): string =>
  `${imports}\n/** Written by \`test/bench/null-surfaces.ts\`: terms in the order of \`surfaceTerms\`. */\n`;

if (WHAT.includes('scan')) {
  const samples = scanSamples();
  const kinds: readonly ScanKind[] = ['level', 'rest', 'count'];
  const rows = kinds.map((kind) => {
    const sides = (['up', 'down'] as const).map((side) => {
      const sample = samples.get(`${kind} ${side}`)!;
      const surface = fit(sample, false, side === 'up' ? 0.7 : 0.3, kind === 'rest' ? 1.15 : 1.4);
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
    const surface = fit(sample, true, 0.3, 4.5);
    show(key, sample, surface, true);
    rows.push(`  ${key}: ${literal(surface)},`);
  }
  writeFileSync(
    new URL('../../src/stats/regime-surfaces.ts', import.meta.url),
    `${head("import type { Surface } from './null-surface.js';\n")}export const REGIME_SURFACES: Readonly<Record<'shift' | 'slope' | 'spread', Surface>> = {\n${rows.join('\n')}\n};\n`,
  );
}
