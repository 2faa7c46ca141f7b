import { scaleAroundZero, winsorise } from './robust-scale.js';

/** Law of the mean inside a segment: a constant, or a straight line. */
export type MeanLaw = 'constant' | 'line';

/** Best segmentation of one or several columns under one noise law. */
export interface Segmentation {
  /** Ascending indices of the first sample of each new segment. */
  readonly cuts: readonly number[];
  readonly law: MeanLaw;
  /** Lag-one autocorrelation of the noise that fits best, 0 (white) to 1 (random walk). */
  readonly phi: number;
  /** Description length in nats; only differences count. */
  readonly length: number;
  /** Description length of the best constant without any change, nats; a wandering one has no outlying steps either. */
  readonly unchanged: number;
}

export interface SegmentationOptions {
  /** Shortest segment in samples. */
  readonly minSegment?: number;
  readonly maxCuts?: number;
  readonly laws?: readonly MeanLaw[];
  /** Noise autocorrelations to choose from. */
  readonly phis?: readonly number[];
  /** Standard deviation, in units of the columns, below which differences do not matter. */
  readonly floor?: number;
}

const TINY = 1e-12;
const PHIS = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1];
// innovations beyond three standard deviations say "outlier", not "how much" (Huber 1981); seven samples see a lasting one
const LIMIT = 3;
const HALF = 3;
// the description may get longer before it gets shorter (a bump needs two changes, two bumps four)
const PATIENCE = 5;

/** Sums over samples that make the cost of any segment O(1). */
interface Sums {
  readonly a: number;
  readonly weight: number;
  readonly y: Float64Array;
  readonly u: Float64Array;
  readonly uu: Float64Array;
  readonly e: Float64Array;
  readonly ue: Float64Array;
  readonly ee: Float64Array;
}

/**
 * Segments that describe the columns in the fewest nats: number and places of the changes, the law of the mean
 * (constants or lines) and the autocorrelation of the noise are all chosen by one criterion, so a drifting or wandering
 * series is not cut to pieces. For each number of changes the places are optimal (dynamic programming over all
 * segmentations).
 * @param columns - one per dimension, equal lengths, finite, centred and of unit scale; a change is common to all
 * @remarks Minimum description length after Davis, Lee & Rodriguez-Yam 2006 (JASA 101:223): n/2·ln(RSS/n) + ln n per
 * place + ½ ln n per parameter; generalised least squares for AR(1) noise inside each segment; segment neighbourhood
 * (Auger & Lawrence 1989), O(maxCuts·n²) — callers thin longer series first. Innovations are winsorised.
 */
export function segmentation(columns: readonly Float64Array[], options: SegmentationOptions = {}): Segmentation {
  const n = columns[0]?.length ?? 0;
  const minSegment = options.minSegment ?? 5;
  const maxCuts = Math.max(0, Math.min(options.maxCuts ?? 20, Math.floor(n / minSegment) - 1));
  let best: Segmentation = { cuts: [], law: 'constant', phi: 0, length: Infinity, unchanged: Infinity };
  if (n < 2 * minSegment) return best;
  let unchanged = Infinity;
  for (const law of options.laws ?? (['constant', 'line'] as const)) {
    for (const phi of options.phis ?? PHIS) {
      const found = underLaw(columns, law, phi, minSegment, maxCuts, options.floor ?? 0);
      if (found.length < best.length) best = found;
      if (law === 'constant') unchanged = Math.min(unchanged, found.unchanged);
    }
  }
  return { ...best, unchanged };
}

function underLaw(
  columns: readonly Float64Array[],
  law: MeanLaw,
  phi: number,
  minSegment: number,
  maxCuts: number,
  floor: number,
): Segmentation {
  const n = columns[0]!.length;
  const dims = columns.length;
  // columns count in units of their own noise, so that the wilder one does not decide alone
  const units = columns.map((y) => (dims === 1 ? 1 : Math.max(innovationScale(y, phi), floor, TINY)));
  const table = costs(
    columns.map((y, d) =>
      sums(
        y.map((v) => v / units[d]!),
        phi,
      ),
    ),
    law,
    minSegment,
  );
  const least = units.reduce((sum, unit) => sum + (floor / unit) ** 2, 0) / dims;
  const scaling = units.reduce((sum, unit) => sum + n * Math.log(unit), 0);
  const parameters = dims * (law === 'constant' ? 1 : 2);
  const bit = Math.log(n);
  const lengthOf = (rss: number, k: number) => {
    const noise = Math.max(rss / (n * dims), Number.MIN_VALUE) + least;
    return scaling + ((n * dims) / 2) * Math.log(noise) + bit * (k + 0.5 * parameters * (k + 1) + (phi > 0 ? 0.5 : 0));
  };
  let row = firstRow(table, n, minSegment);
  let best = lengthOf(row[n]!, 0);
  const unchanged = phi === 1 ? lengthOf(steps(columns, units), 0) : best;
  let cuts = 0;
  const previous: Int32Array[] = [];
  for (let k = 1; k <= maxCuts && k <= cuts + PATIENCE; k++) {
    const next = nextRow(table, n, minSegment, k, row);
    previous.push(next.from);
    row = next.best;
    const length = lengthOf(row[n]!, k);
    if (length < best) {
      best = length;
      cuts = k;
    }
  }
  return { cuts: trace(previous, cuts, n), law, phi, length: best, unchanged };
}

/** Sum of the squared steps of all columns, outlying ones as they are: such a step is a change of level. */
function steps(columns: readonly Float64Array[], units: readonly number[]): number {
  let sum = 0;
  columns.forEach((y, d) => {
    for (let t = 1; t < y.length; t++) sum += ((y[t]! - y[t - 1]!) / units[d]!) ** 2;
  });
  return sum;
}

/** Robust scale of the innovations, from their differences, which no shift of level disturbs. */
function innovationScale(y: Float64Array, phi: number): number {
  const steps = new Float64Array(Math.max(0, y.length - 2));
  for (let i = 0; i < steps.length; i++) steps[i] = y[i + 2]! - y[i + 1]! - phi * (y[i + 1]! - y[i]!);
  return scaleAroundZero(steps) / Math.SQRT2;
}

function sums(y: Float64Array, phi: number): Sums {
  const n = y.length;
  let innovation = y;
  let outlying: Float64Array | null = null;
  if (phi > 0) {
    const raw = new Float64Array(n);
    for (let t = 1; t < n; t++) raw[t] = y[t]! - phi * y[t - 1]!;
    innovation = raw.slice();
    const clipped = winsorise(raw.subarray(1), HALF, LIMIT);
    innovation.set(clipped, 1);
    outlying = outlierCosts(raw, innovation);
  }
  const column = () => new Float64Array(n + 1);
  const [u, uu, e, ue, ee] = [column(), column(), column(), column(), column()];
  const a = 1 - phi;
  for (let t = 0; t < n; t++) {
    const z = place(t, n) - phi * place(t - 1, n);
    const v = innovation[t]!;
    u[t + 1] = u[t]! + a * z;
    uu[t + 1] = uu[t]! + z * z;
    e[t + 1] = e[t]! + a * v;
    ue[t + 1] = ue[t]! + z * v;
    ee[t + 1] = ee[t]! + v * v + (outlying?.[t] ?? 0);
  }
  return { a: a * a, weight: 1 - phi * phi, y, u, uu, e, ue, ee };
}

/**
 * What outlying innovations cost beyond their clipped size, as squares: to tell where and how large one is takes 1½ ln n
 * nats, as much as to tell of a change of level; else wandering noise with free jumps would explain every step.
 */
function outlierCosts(raw: Float64Array, clipped: Float64Array): Float64Array {
  const n = raw.length;
  const scale = scaleAroundZero(clipped.subarray(1));
  const most = 3 * Math.log(n) * scale * scale;
  return raw.map((v, t) => (t === 0 || v === clipped[t]! ? 0 : Math.min(most, Math.max(0, v * v - clipped[t]! ** 2))));
}

/** Position of a sample, centred and scaled so that products of sums keep their digits. */
function place(t: number, n: number): number {
  return (t - (n - 1) / 2) / n;
}

/** Residual sum of squares of generalised least squares for every segment [s, t), row s, column t. */
function costs(all: readonly Sums[], law: MeanLaw, minSegment: number): Float64Array {
  const n = all[0]!.y.length;
  const out = new Float64Array((n + 1) * (n + 1));
  const cost = law === 'constant' ? constantCost : lineCost;
  for (let s = 0; s < n; s++) {
    const row = s * (n + 1);
    for (let t = s + minSegment; t <= n; t++) {
      let total = 0;
      for (const one of all) total += Math.max(0, cost(one, s, t));
      out[row + t] = total;
    }
  }
  return out;
}

function constantCost(q: Sums, s: number, t: number): number {
  const first = q.y[s]!;
  const ones = q.a * (t - s - 1) + q.weight;
  const e = q.e[t]! - q.e[s + 1]! + q.weight * first;
  const ee = q.ee[t]! - q.ee[s + 1]! + q.weight * first * first;
  return ones > TINY ? ee - (e * e) / ones : ee;
}

function lineCost(q: Sums, s: number, t: number): number {
  const first = q.y[s]!;
  const z = place(s, q.y.length);
  const ones = q.a * (t - s - 1) + q.weight;
  const u = q.u[t]! - q.u[s + 1]! + q.weight * z;
  const uu = q.uu[t]! - q.uu[s + 1]! + q.weight * z * z;
  const e = q.e[t]! - q.e[s + 1]! + q.weight * first;
  const ue = q.ue[t]! - q.ue[s + 1]! + q.weight * z * first;
  const ee = q.ee[t]! - q.ee[s + 1]! + q.weight * first * first;
  if (ones <= TINY) return uu > TINY ? ee - (ue * ue) / uu : ee;
  const spread = uu - (u * u) / ones;
  const slope = ue - (e * u) / ones;
  return ee - (e * e) / ones - (spread > TINY * uu ? (slope * slope) / spread : 0);
}

/** Least cost of every prefix without a change. */
function firstRow(table: Float64Array, n: number, minSegment: number): Float64Array {
  const best = table.slice(0, n + 1);
  best.fill(Infinity, 0, minSegment);
  return best;
}

/** Least cost of every prefix with k changes, from those with k − 1, and the last change of each. */
function nextRow(table: Float64Array, n: number, minSegment: number, k: number, row: Float64Array) {
  const best = new Float64Array(n + 1).fill(Infinity);
  const from = new Int32Array(n + 1);
  for (let s = k * minSegment; s <= n - minSegment; s++) {
    const base = row[s]!;
    const at = s * (n + 1);
    for (let t = s + minSegment; t <= n; t++) {
      const total = base + table[at + t]!;
      if (total < best[t]!) {
        best[t] = total;
        from[t] = s;
      }
    }
  }
  return { best, from };
}

function trace(previous: readonly Int32Array[], cuts: number, n: number): number[] {
  const out: number[] = [];
  let t = n;
  for (let k = cuts - 1; k >= 0; k--) {
    t = previous[k]![t]!;
    out.push(t);
  }
  return out.reverse();
}
