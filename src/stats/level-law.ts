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
  /** It mostly lies on its centre and leaves it now and then. */
  readonly rests: boolean;
  /** Signed standard score of a value: positive above the centre. NaN for NaN. */
  readonly score: (value: number) => number;
}

/** What else is known of a level. */
export interface Known {
  /** Smallest step the value can make, in its unit; 0 when unknown. */
  readonly quantum?: number;
  /** Size a first departure may well have, for a series that never made one. */
  readonly smallest?: number;
  /** Scatter below which it cannot be, e.g. that of random events. */
  readonly least?: number;
  /** How many independent samples the samples are worth: fewer than there are when they remember each other. */
  readonly effective?: number;
  /** Scatter learnt from the steps between samples, and from how many, where that is the better source. */
  readonly steps?: { readonly scale: number; readonly count: number } | undefined;
}

/** Samples at which one side's own scatter counts as much as that of both sides. */
const SIDES = 15;

/** At least this share of samples on the centre itself makes a series "sparse": it rests, and moves now and then. */
const RESTING = 0.4;

/**
 * The law of a level (gauge or rate) from samples of ordinary times.
 *
 * Continuous series: trimmed standard deviation about the median, upper and lower side apart where they differ,
 * Student's t with as many degrees of freedom as the sample and the weight of its tails allow. Resting series
 * (mostly one value, such as queue lengths): chance of leaving the rest by the rule of succession, size of the leave by
 * the predictive law of exponential sizes (Lomax), two examples of a usual size being assumed before any is seen.
 * @param sorted - ascending finite samples of ordinary times
 */
export function levelLaw(sorted: Float64Array, known: Known = {}): Law {
  const quantum = known.quantum ?? 0;
  const center = quantileOfSorted(sorted, 0.5);
  const m = sorted.length;
  const resting = countWithin(sorted, center, quantum / 2) / m;
  if (resting >= RESTING) {
    const step = quantum || smallestStep(sorted) || Math.abs(center) * 0.01 || (known.smallest ?? 0);
    return restingLaw(sorted, center, step || Number.MIN_VALUE, Math.max(step, known.smallest ?? 0));
  }
  const floor = Math.max(quantum / Math.sqrt(12), known.least ?? 0, Number.MIN_VALUE);
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

function restingLaw(sorted: Float64Array, center: number, quantum: number, usual: number): Law {
  const up = leaves(sorted, center, quantum, usual, 1);
  const down = leaves(sorted, center, quantum, usual, -1);
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
    rests: true,
    score: (value) => {
      if (Number.isNaN(value)) return NaN;
      const r = value - center;
      if (Math.abs(r) <= quantum / 2) return rest;
      const side = r > 0 ? up : down;
      const p = ((side.count + 1) / (m + 2)) * Math.pow(1 + Math.abs(r) / side.rate, -(side.count + 2));
      const z = scoreOf(Math.max(TINY, p));
      return r > 0 ? Math.max(z, rest) : -z;
    },
  };
}

function leaves(
  sorted: Float64Array,
  center: number,
  quantum: number,
  usual: number,
  side: 1 | -1,
): { count: number; rate: number } {
  let count = 0;
  let sum = 0;
  for (const v of sorted) {
    const r = (v - center) * side;
    if (r > quantum / 2) {
      count++;
      sum += r;
    }
  }
  // two more examples of the size seen so far, or of the usual size when none was
  const more = count > 0 ? Math.min(usual, sum / count) : usual;
  return { count, rate: sum + 2 * Math.max(more, Number.MIN_VALUE) };
}

function spreadLaw(
  sorted: Float64Array,
  center: number,
  floor: number,
  effective: number,
  steps: { readonly scale: number; readonly count: number } | undefined,
): Law {
  const both = spread(sorted, center, 0);
  // one side alone is half the evidence: it is drawn towards both
  const trust = sorted.length / (sorted.length + SIDES);
  let above = Math.sqrt(trust * spread(sorted, center, 1) ** 2 + (1 - trust) * both ** 2);
  let below = Math.sqrt(trust * spread(sorted, center, -1) ** 2 + (1 - trust) * both ** 2);
  // samples that remember each other scatter less about their own mean than about the true one
  const memory = steps === undefined ? Math.sqrt((1 - 1 / sorted.length) / (1 - 1 / effective)) : 1;
  const least = Math.max(floor, steps?.scale ?? 0);
  above = Math.max(above * memory, least);
  below = Math.max(below * memory, least);
  const freedom = Math.max(effective, (steps?.count ?? 0) + 1);
  const upTail = tailTable(sorted, center, above, 1, freedom);
  const downTail = tailTable(sorted, center, below, -1, freedom);
  return {
    center,
    scale: Math.max(above, below),
    rests: false,
    score: (value) => {
      const r = value - center;
      return r >= 0 ? look(upTail, r / above) : -look(downTail, -r / below);
    },
  };
}

/** Standard deviation about the centre without the samples beyond 3.5 robust deviations; one side or both. */
function spread(sorted: Float64Array, center: number, side: 1 | -1 | 0): number {
  const r: number[] = [];
  let ties = 0;
  for (const v of sorted) {
    const d = v - center;
    if (d === 0) ties++;
    else if (side === 0 || d * side > 0) r.push(Math.abs(d));
  }
  if (r.length === 0) return 0;
  r.sort((a, b) => a - b);
  // samples on the centre belong to both sides
  const zeros = side === 0 ? ties : ties / 2;
  const middle = Math.max(0, 0.5 - zeros / (r.length + zeros)) / (r.length / (r.length + zeros));
  const robust = 1.4826 * quantileOfSorted(r, middle);
  const limit = robust > 0 ? 3.5 * robust : Infinity;
  let sum = 0;
  let n = 0;
  for (const d of r) {
    if (d > limit) break;
    sum += d * d;
    n++;
  }
  n += zeros;
  // the median is estimated from the same samples; normal samples lose 0.4 % of their variance beyond 3.5 σ
  const lost = side === 0 && n > 2 ? n / (n - 1) : 1;
  return Math.sqrt((sum / n) * lost * 1.004);
}

/** Degrees of freedom of the tails considered, and how likely each is before any sample is seen. */
const TAILS: readonly (readonly [nu: number, prior: number])[] = [
  [Infinity, 0.65],
  [10, 0.15],
  [5, 0.12],
  [3, 0.08],
];

/**
 * How likely each tail is for one side of the samples, by its likelihood. The scale of each t is such that its trimmed
 * spread is the one observed.
 */
function tailWeights(sorted: Float64Array, center: number, scale: number, side: 1 | -1): number[] {
  const m = sorted.length;
  const stride = Math.max(1, Math.floor(m / 1024));
  const squares: number[] = [];
  for (let i = 0; i < m; i += stride) {
    const r = (sorted[i]! - center) * side;
    if (r > 0) squares.push((r / scale) ** 2);
  }
  const logs = TAILS.map(([nu, prior]) => {
    let sum = Math.log(prior);
    if (nu === Infinity) {
      for (const x of squares) sum -= x / 2;
      return sum;
    }
    const shrink = SHRINK.get(nu)!;
    const constant = LOG_T.get(nu)! - Math.log(shrink);
    for (const x of squares) sum += constant - ((nu + 1) / 2) * Math.log1p(x / (nu * shrink * shrink));
    return sum;
  });
  const most = Math.max(...logs);
  const weights = logs.map((v) => Math.exp(v - most));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
}

/** Scale of a t whose spread, trimmed at 3.5 robust deviations, is 1. */
const SHRINK = new Map<number, number>([
  [3, 0.78],
  [5, 0.87],
  [10, 0.935],
]);

/** log of the t density at 0 relative to the normal's: Γ((ν+1)/2)/(√(νπ)·Γ(ν/2)) · √(2π). */
const LOG_T = new Map<number, number>([
  [3, Math.log(0.36755259694786135 * Math.sqrt(2 * Math.PI))],
  [5, Math.log(0.3796066898224944 * Math.sqrt(2 * Math.PI))],
  [10, Math.log(0.3891083839660311 * Math.sqrt(2 * Math.PI))],
]);

const GRID = 16;
const END = 12;

/** Upper tail of Student's t at GRID points per unit; shared because dear and few. */
const tails = new Map<number, Float64Array>();

function studentTail(nu: number): Float64Array {
  const key = nu > 200 ? 1000 : Math.round(Math.log(nu) * 12);
  let table = tails.get(key);
  if (table === undefined) {
    const df = nu > 200 ? 1e6 : Math.exp(key / 12);
    table = Float64Array.from({ length: END * GRID + 1 }, (_, i) => tCdf(-i / GRID, df));
    tails.set(key, table);
  }
  return table;
}

interface TailTable {
  readonly scores: Float64Array;
  /** Computes one entry. */
  readonly fill: (i: number) => number;
  /** Upper tail beyond the table. */
  readonly beyond: (x: number) => number;
}

/** Normal scores of one side: the mixture of the tails, each as heavy as the sample size allows. */
function tailTable(sorted: Float64Array, center: number, scale: number, side: 1 | -1, freedom: number): TailTable {
  const bound = Math.max(1.5, freedom - 1);
  const weights = tailWeights(sorted, center, scale, side);
  const parts = TAILS.map(([nu], k) => {
    const df = 1 / (1 / nu + 1 / bound);
    return { weight: weights[k]!, shrink: SHRINK.get(nu) ?? 1, df };
  }).filter((part) => part.weight > 1e-6);
  // filled as needed: most samples lie near the centre
  const scores = new Float64Array(END * GRID + 1).fill(NaN);
  const fill = (i: number): number => {
    let p = 0;
    for (const part of parts) p += part.weight * between(studentTail(part.df), i / part.shrink);
    return (scores[i] = i === 0 ? 0 : scoreOf(p));
  };
  const beyond = (x: number): number => parts.reduce((p, part) => p + part.weight * tCdf(-x / part.shrink, part.df), 0);
  return { scores, fill, beyond };
}

/** Value between the points of a table; log-linear, and continued by its last slope beyond the end. */
function between(table: Float64Array, at: number): number {
  const i = Math.min(table.length - 2, Math.floor(at));
  const a = table[i]!;
  const b = table[i + 1]!;
  if (a <= 0 || b <= 0) return 0;
  return a * Math.pow(b / a, at - i);
}

function look(table: TailTable, x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x >= END) return scoreOf(table.beyond(x));
  const at = x * GRID;
  const i = Math.floor(at);
  const a = entry(table, i);
  return a + (at - i) * (entry(table, i + 1) - a);
}

function entry(table: TailTable, i: number): number {
  const known = table.scores[i]!;
  return Number.isNaN(known) ? table.fill(i) : known;
}
