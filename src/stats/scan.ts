import { upperTail } from './normal.js';

/** A run of samples whose scores are high (or low) together. Indices into the scanned array; `to` is exclusive. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Standardised sum of the scores, always positive. */
  readonly score: number;
  /** p-value after correction for every place and width looked at. */
  readonly p: number;
}

/** Widths looked at: all small ones, then about six per decade, up to a third of the samples. */
export function scanWidths(n: number): number[] {
  const widths: number[] = [];
  const most = Math.max(1, Math.floor(n / (n < 30 ? 2 : 3)));
  for (let w = 1, step = 1; w <= most && w <= 512; w += step) {
    widths.push(w);
    if (w >= 4) step = Math.max(1, Math.floor(w / 2));
  }
  return widths;
}

/**
 * p-value of the largest standardised window sum among all widths and places of `n` independent normal scores.
 * @remarks Of the form of Siegmund & Venkatraman 1995 (n·z·φ-tail); the factor in ln n was fitted to a simulation of
 *   8 ≤ n ≤ 1500 and is within 15 % there (`npm run bench:detect` prints it)
 */
export function scanP(score: number, n: number): number {
  if (!(score > 0)) return 1;
  return -Math.expm1(-n * score * (0.36 + 0.13 * Math.log(n)) * upperTail(score));
}

/** Smallest score with `scanP` at most `alpha`. */
export function scanThreshold(alpha: number, n: number): number {
  let low = 1;
  let high = 12;
  for (let i = 0; i < 40; i++) {
    const mid = (low + high) / 2;
    if (scanP(mid, n) > alpha) low = mid;
    else high = mid;
  }
  return high;
}

/** How scores scatter together. */
export interface ScoreNoise {
  /** Autocorrelations at lags 1, 2, …; none when independent. */
  readonly acf: readonly number[];
  /** Variance of the common centre: it errs for all samples at once. */
  readonly centerError: number;
  /** Share of a score that goes over to the next one, where scores are a first-order autoregression; 0 or absent: none. */
  readonly carried?: number;
}

/** Variance of a sum of `w` scores with autocorrelations `acf[k-1]` at lag k. */
export function sumVariance(w: number, acf: readonly number[]): number {
  let v = w;
  for (let k = 1; k < w && k <= acf.length; k++) v += 2 * (w - k) * acf[k - 1]!;
  return v;
}

/** Scores with their running sums, so that several scans share them. */
export interface ScanTable {
  readonly scores: Float64Array;
  readonly sums: Float64Array;
}

/** Running sums of finite standard scores in time order. */
export function scanTable(scores: Float64Array): ScanTable {
  const sums = new Float64Array(scores.length + 1);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    sum += scores[i]!;
    sums[i + 1] = sum;
  }
  return { scores, sums };
}

/** Factor that makes a sum of `w` scores a standard score. */
function standard(w: number, noise: ScoreNoise): number {
  return 1 / Math.sqrt(sumVariance(w, noise.acf) + w * w * noise.centerError);
}

/** The one strongest run in either direction; null when none reaches the threshold. */
export function strongestRun({ sums }: ScanTable, noise: ScoreNoise, threshold: number): Run | null {
  const n = sums.length - 1;
  let best = threshold;
  let from = -1;
  let width = 0;
  for (const w of scanWidths(n)) {
    const scale = standard(w, noise);
    let bar = best / scale;
    for (let i = 0; i + w <= n; i++) {
      const s = Math.abs(sums[i + w]! - sums[i]!);
      if (s > bar) {
        bar = s;
        best = s * scale;
        from = i;
        width = w;
      }
    }
  }
  return from < 0 ? null : { from, to: from + width, score: best, p: scanP(best, n) };
}

/**
 * Factor that makes the matched filter of a window of `w` scores a standard score: by all their autocorrelations, never
 * less than the variance of the autoregression itself.
 */
function matchedStandard(w: number, { acf, centerError, carried = 0 }: ScoreNoise): number {
  const r = (k: number): number => (k === 0 ? 1 : Math.max(acf[k - 1] ?? 0, carried ** k));
  const inner = (1 - carried) ** 2;
  const edges = 4 - 4 * r(1) + 2 * r(w - 1) - 4 * r(w) + 2 * r(w + 1);
  let sum = w;
  for (let k = 1; k < w && (k <= acf.length || carried ** k > 1e-3); k++) sum += 2 * (w - k) * r(k);
  const told = inner ** 2 * sum + 4 * inner * carried * (1 - r(w)) + carried ** 2 * edges;
  const own = (1 - carried ** 2) * (w * inner + 2 * carried);
  return 1 / Math.sqrt(Math.max(told, own) + (inner * w) ** 2 * centerError);
}

/**
 * Standardised sums of all windows of `w` scores, by their first index, upwards positive for `direction` 1. Where scores
 * remember each other, the larger of that and the matched filter of a box in autoregressive noise (generalised least
 * squares, Aitken 1935), which sees the jumps at both ends that memory does not explain. Neighbours beyond the other side
 * of the centre count as central, lest the end of a burst be called a dip.
 */
function windowScores(
  out: Float64Array,
  { scores, sums }: ScanTable,
  w: number,
  noise: ScoreNoise,
  direction: 1 | -1,
  edges: Edges | null,
): void {
  const n = scores.length;
  const plain = direction * standard(w, noise);
  for (let i = 0; i + w <= n; i++) out[i] = plain * (sums[i + w]! - sums[i]!);
  const carried = noise.carried ?? 0;
  if (edges === null) return;
  const scale = direction * matchedStandard(w, noise);
  const inner = (1 - carried) ** 2;
  const { rise, after } = edges;
  for (let i = 0; i + w <= n; i++) {
    const jumps = rise[i]! + scores[i + w - 1]! - after[i + w - 1]!;
    const matched = scale * (inner * (sums[i + w]! - sums[i]!) + carried * jumps);
    if (matched > out[i]!) out[i] = matched;
  }
}

/** How far each sample rises above the one before it, and what comes after it: the same for windows of all widths. */
interface Edges {
  readonly rise: Float64Array;
  readonly after: Float64Array;
}

function edgesOf(scores: Float64Array, carried: number, direction: 1 | -1): Edges {
  const n = scores.length;
  const near = (z: number): number => (direction * z > 0 ? z : 0);
  // beyond the ends stands what the end lets expect
  const rise = scores.map((z, i) => z - near(i > 0 ? scores[i - 1]! : carried * z));
  const after = scores.map((z, i) => near(i + 1 < n ? scores[i + 1]! : carried * z));
  return { rise, after };
}

/**
 * Runs of high scores, best first, not overlapping.
 * @param threshold - smallest standardised sum to report
 * @param most - how many at most
 */
export function scanRuns(table: ScanTable, noise: ScoreNoise, threshold: number, direction: 1 | -1, most = 64): Run[] {
  const n = table.scores.length;
  const found: { from: number; to: number; score: number }[] = [];
  const scored = new Float64Array(n);
  const carried = noise.carried ?? 0;
  const edges = carried > 0 ? edgesOf(table.scores, carried, direction) : null;
  for (const w of scanWidths(n)) {
    windowScores(scored, table, w, noise, direction, edges);
    let best = threshold;
    let at = -1;
    for (let i = 0; i + w <= n; i++) {
      const s = scored[i]!;
      if (s >= best) {
        best = s;
        at = i;
      }
      // keep the peak of each stretch above the bar
      if (at >= 0 && (i - at >= w || i + w === n)) {
        found.push({ from: at, to: at + w, score: best });
        best = threshold;
        at = -1;
      }
    }
  }
  found.sort((a, b) => b.score - a.score || a.from - b.from || a.to - b.to);
  const runs: Run[] = [];
  for (const run of found) {
    if (runs.length >= most) break;
    if (runs.every((other) => run.to <= other.from || run.from >= other.to))
      runs.push({ ...run, p: scanP(run.score, n) });
  }
  return runs;
}

/**
 * Autocorrelations of scores at lags 1, 2, … up to the first that is not positive (Geyer 1992), scores beyond ±2.5
 * clipped so that an incident does not pass for memory.
 * @param use - which scores are ordinary; others are left out
 */
export function scoreMemory(scores: Float64Array, use: Uint8Array): number[] {
  const n = scores.length;
  const x = new Float64Array(n);
  let mean = 0;
  let m = 0;
  for (let i = 0; i < n; i++) {
    x[i] = Math.min(2.5, Math.max(-2.5, scores[i]!));
    if (use[i]) {
      mean += x[i]!;
      m++;
    }
  }
  if (m < 8) return [];
  mean /= m;
  let v = 0;
  for (let i = 0; i < n; i++) if (use[i]) v += (x[i]! - mean) ** 2;
  v /= m;
  // scores are of the order of one: less is the rounding of a constant, which remembers nothing
  if (!(v > 1e-12)) return [];
  const acf: number[] = [];
  const most = Math.min(24, Math.floor(m / 5));
  for (let k = 1; k <= most; k++) {
    let c = 0;
    let pairs = 0;
    for (let i = k; i < n; i++) {
      if (use[i] && use[i - k]) {
        c += (x[i]! - mean) * (x[i - k]! - mean);
        pairs++;
      }
    }
    if (pairs < 6) break;
    const r = c / pairs / v;
    // within its own error of zero it counts as none
    if (r <= 1 / Math.sqrt(pairs)) break;
    acf.push(Math.min(0.95, r + 1 / pairs));
  }
  return acf;
}

/** Share of its peak that a sample must reach to belong to an episode. */
const EDGE = 0.05;

/**
 * Edges where they belong: ordinary samples are trimmed off, extraordinary neighbours taken in.
 * @param departure - distance of each sample from the baseline, in its own unit
 */
export function fitRun(run: Run, scores: Float64Array, departure: Float64Array, direction: 1 | -1): Run {
  let { from, to } = run;
  let peak = 0;
  let height = 0;
  for (let i = from; i < to; i++) {
    peak = Math.max(peak, direction * scores[i]!);
    height = Math.max(height, direction * departure[i]!);
  }
  const bar = Math.min(1.5, peak / 2);
  const strength = (i: number): number => (direction * departure[i]! < EDGE * height ? -1 : direction * scores[i]!);
  while (to - from > 1 && strength(from) < bar) from++;
  while (to - from > 1 && strength(to - 1) < bar) to--;
  from = reach(strength, scores.length, from, -1, bar);
  to = reach(strength, scores.length, to - 1, 1, bar) + 1;
  return { ...run, from, to };
}

/** Farthest index in one direction up to which the scores lie above the bar on balance. */
function reach(strength: (i: number) => number, n: number, start: number, step: 1 | -1, bar: number): number {
  let end = start;
  let balance = 0;
  for (let i = start + step; i >= 0 && i < n; i += step) {
    const z = strength(i);
    // a single wild sample must not carry the edge over a long quiet stretch
    balance += Math.min(z, bar + 3) - bar;
    if (balance < -3) break;
    if (balance >= 0 && z >= bar) {
      end = i;
      balance = 0;
    }
  }
  return end;
}

/** Overlapping runs as one, in time order. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last === undefined || run.from >= last.to) out.push(run);
    else
      out[out.length - 1] = {
        from: last.from,
        to: Math.max(last.to, run.to),
        score: Math.max(last.score, run.score),
        p: Math.min(last.p, run.p),
      };
  }
  return out;
}
