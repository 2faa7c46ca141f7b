import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { scoreOf, TINY } from './normal.js';
import { quantileOfSorted } from './quantile.js';

/**
 * What is ordinary for a quantity: its centre, and how surprising a value is, as a standard normal score.
 */
export interface Law {
  readonly center: number;
  /** Standard deviation of an ordinary sample, never 0. */
  readonly scale: number;
  /** Signed standard score of a value: positive above the centre. NaN for NaN. */
  readonly score: (value: number) => number;
}

/** What else is known of a level. */
export interface Known {
  /** Smallest step the value can make, in its unit; 0 when unknown. */
  readonly quantum?: number;
  /** Size of a step for a series that never made one, where `quantum` is unknown. */
  readonly smallest?: number;
  /** Variance over mean below which a rate of events cannot scatter; 0 or absent for other levels. */
  readonly poisson?: number;
  /** How many independent samples the samples are worth: fewer than there are when they remember each other. */
  readonly effective?: number;
  /** Scatter learnt from the steps between samples, and from how many, where that is the better source. */
  readonly steps?: { readonly scale: number; readonly count: number } | undefined;
}

/** At least this share of samples on the centre itself makes a series "sparse": it rests, and moves now and then. */
const RESTING = 0.4;

/**
 * The law of a level (gauge or rate) from samples of ordinary times.
 *
 * Continuous series: trimmed standard deviation about the median, upper and lower side apart where they differ,
 * Student's t with as many degrees of freedom as the sample and the weight of its tails allow. Resting series
 * (mostly one value, such as queue lengths): chance of leaving the rest by the rule of succession, size of the leave by
 * the predictive law of exponential sizes (Lomax), which for no example at all is a power law with exponent one.
 * @param sorted - ascending finite samples of ordinary times
 */
export function levelLaw(sorted: Float64Array, known: Known = {}): Law {
  const quantum = known.quantum ?? 0;
  const center = quantileOfSorted(sorted, 0.5);
  const m = sorted.length;
  const resting = countWithin(sorted, center, quantum / 2) / m;
  if (resting >= RESTING) {
    const step = quantum || smallestStep(sorted) || Math.abs(center) * 0.01 || (known.smallest ?? 0);
    return restingLaw(sorted, center, step || Number.MIN_VALUE);
  }
  const events = Math.sqrt((known.poisson ?? 0) * Math.max(0, center));
  const floor = Math.max(quantum / Math.sqrt(12), events, Number.MIN_VALUE);
  return spreadLaw(sorted, center, floor, Math.max(2, known.effective ?? m), known.steps);
}

function countWithin(sorted: Float64Array, center: number, half: number): number {
  let k = 0;
  for (const v of sorted) if (Math.abs(v - center) <= half) k++;
  return k;
}

function smallestStep(sorted: Float64Array): number {
  let step = 0;
  for (let i = 1; i < sorted.length; i++) {
    const d = sorted[i]! - sorted[i - 1]!;
    if (d > 0 && (step === 0 || d < step)) step = d;
  }
  return step;
}

function restingLaw(sorted: Float64Array, center: number, quantum: number): Law {
  const up = leaves(sorted, center, quantum, 1);
  const down = leaves(sorted, center, quantum, -1);
  const m = sorted.length;
  let sum = 0;
  for (const v of sorted) sum += (v - center) ** 2;
  const scale = Math.max(Math.sqrt(sum / m), quantum / Math.sqrt(12), Number.MIN_VALUE);
  // the resting samples share the middle of the distribution: their score is that of their mid-rank
  const share = (up.count + 0.5) / (m + 1);
  const below = (down.count + 0.5) / (m + 1);
  const rest = (scoreOf(share + (1 - share - below) / 2) + 0) / 1;
  return {
    center,
    scale,
    score: (value) => {
      if (Number.isNaN(value)) return NaN;
      const r = value - center;
      if (Math.abs(r) <= quantum / 2) return rest;
      const side = r > 0 ? up : down;
      const p = ((side.count + 1) / (m + 2)) * Math.pow(1 + Math.abs(r) / side.rate, -(side.count + 1));
      const z = scoreOf(Math.max(TINY, p));
      return r > 0 ? Math.max(z, rest) : -z;
    },
  };
}

function leaves(sorted: Float64Array, center: number, quantum: number, side: 1 | -1): { count: number; rate: number } {
  let count = 0;
  let sum = 0;
  for (const v of sorted) {
    const r = (v - center) * side;
    if (r > quantum / 2) {
      count++;
      sum += r;
    }
  }
  return { count, rate: sum + quantum };
}

function spreadLaw(
  sorted: Float64Array,
  center: number,
  floor: number,
  effective: number,
  steps: { readonly scale: number; readonly count: number } | undefined,
): Law {
  const both = spread(sorted, center, 0);
  let above = both;
  let below = both;
  if (sorted.length >= 20) {
    const up = spread(sorted, center, 1);
    const down = spread(sorted, center, -1);
    if (up > 1.4 * down || down > 1.4 * up) {
      above = up;
      below = down;
    }
  }
  // samples that remember each other scatter less about their own mean than about the true one
  const memory = steps === undefined ? Math.sqrt((1 - 1 / sorted.length) / (1 - 1 / effective)) : 1;
  const least = Math.max(floor, steps?.scale ?? 0);
  above = Math.max(above * memory, least);
  below = Math.max(below * memory, least);
  const freedom = Math.max(effective, (steps?.count ?? 0) + 1);
  const upTail = tailTable(tailWeight(sorted, center, above, 1, freedom));
  const downTail = tailTable(tailWeight(sorted, center, below, -1, freedom));
  return {
    center,
    scale: Math.max(above, below),
    score: (value) => {
      const r = value - center;
      return r >= 0 ? look(upTail, r / above) : -look(downTail, -r / below);
    },
  };
}

/** Standard deviation about the centre without the samples beyond 3.5 robust deviations; one side or both. */
function spread(sorted: Float64Array, center: number, side: 1 | -1 | 0): number {
  const r: number[] = [];
  for (const v of sorted) {
    const d = v - center;
    if (side === 0 || d * side > 0) r.push(Math.abs(d));
  }
  if (r.length === 0) return 0;
  r.sort((a, b) => a - b);
  const robust = 1.4826 * quantileOfSorted(r, 0.5);
  const limit = robust > 0 ? 3.5 * robust : Infinity;
  let sum = 0;
  let n = 0;
  for (const d of r) {
    if (d > limit) break;
    sum += d * d;
    n++;
  }
  // the median is estimated from the same samples; normal samples lose 0.4 % of their variance beyond 3.5 σ
  const lost = side === 0 && n > 2 ? n / (n - 1) : 1;
  return Math.sqrt((sum / n) * lost * 1.004);
}

const WEIGHTS = [3, 4, 6, 10, 20] as const;

/**
 * Degrees of freedom of Student's t that fit one side of the samples; the sample size is an upper bound.
 * Likelihood on a grid, heavier tails only where they gain at least 2 log units.
 */
function tailWeight(sorted: Float64Array, center: number, scale: number, side: 1 | -1, effective: number): number {
  const m = sorted.length;
  const bound = Math.max(1.5, effective - 1);
  if (effective < 20) return bound;
  const stride = Math.max(1, Math.floor(m / 1024));
  const squares: number[] = [];
  for (let i = 0; i < m; i += stride) {
    const r = (sorted[i]! - center) * side;
    if (r > 0) squares.push((r / scale) ** 2);
  }
  let best = Infinity;
  let bestGain = 2;
  const normal = squares.reduce((s, x) => s - x / 2, 0);
  for (const nu of WEIGHTS) {
    // scale of the t that has the same trimmed spread
    const shrink = nu > 4 ? Math.sqrt((nu - 2) / nu) : 0.75;
    let gain = -normal;
    const constant = LOG_T.get(nu)! - Math.log(shrink);
    for (const x of squares) gain += constant - ((nu + 1) / 2) * Math.log1p(x / (nu * shrink * shrink));
    if (gain > bestGain) {
      bestGain = gain;
      best = nu;
    }
  }
  return 1 / (1 / best + 1 / bound);
}

/** log of t density at 0 relative to the normal's: Γ((ν+1)/2)/(√(νπ)·Γ(ν/2)) · √(2π). */
const LOG_T = new Map<number, number>([
  [3, Math.log(0.36755259694786135 * Math.sqrt(2 * Math.PI))],
  [4, Math.log(0.375 * Math.sqrt(2 * Math.PI))],
  [6, Math.log(0.3827327723098713 * Math.sqrt(2 * Math.PI))],
  [10, Math.log(0.3891083839660311 * Math.sqrt(2 * Math.PI))],
  [20, Math.log(0.3939885857114327 * Math.sqrt(2 * Math.PI))],
]);

interface TailTable {
  readonly df: number;
  readonly values: Float64Array;
}

const tables = new Map<number, TailTable>();
const GRID = 16;
const END = 12;

/** Normal scores of Student's t on a grid; tables are shared because they are dear and few. */
function tailTable(df: number): TailTable {
  const key = df > 300 ? 400 : Math.round(Math.log(df) * 12);
  let table = tables.get(key);
  if (table === undefined) {
    const nu = df > 300 ? 1e6 : Math.exp(key / 12);
    const values = Float64Array.from({ length: END * GRID + 1 }, (_, i) =>
      i === 0 ? 0 : scoreOf(tCdf(-i / GRID, nu)),
    );
    table = { df: nu, values };
    tables.set(key, table);
  }
  return table;
}

function look(table: TailTable, x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x >= END) return scoreOf(tCdf(-x, table.df));
  const at = x * GRID;
  const i = Math.floor(at);
  const a = table.values[i]!;
  return a + (at - i) * (table.values[i + 1]! - a);
}
