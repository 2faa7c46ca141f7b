import { median } from './quantile.js';
import { scaleAroundZero } from './robust-scale.js';

export interface Levels {
  /** Ascending indices of the first sample of each new level. */
  readonly cuts: readonly number[];
  /** Level of each segment, one more than cuts. */
  readonly levels: readonly number[];
}

export interface BiweightOptions {
  /** Deviation, in noise standard deviations, beyond which a sample counts as an outlier and costs no more. */
  readonly limit?: number;
  /** Excursions of fewer samples than this are outliers, not levels. */
  readonly minSegment?: number;
  /** Cost of a change in units of the noise variance; 2·ln n times the autocorrelation factor by default. */
  readonly penalty?: number;
}

/** One stretch of levels on which the best cost is a·θ² + b·θ + c, with the last change at `since`. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly since: number;
}

/**
 * The piecewise constant level that fits best under a bounded loss, exactly: outliers and short transients, however high,
 * neither make a level nor shift one.
 * @param values - finite samples; evenly spaced or not
 * @remarks R-FPOP with the biweight loss (Fearnhead & Rigaill 2019, JASA 114:169). Noise and autocorrelation come from
 * differences at lags 1 to 8 by their median, untouched by level shifts; the penalty grows by (1+ρ)/(1−ρ) (Bardwell et
 * al. 2019) and never falls below what an excursion of minSegment − 1 outliers could repay. About O(n log n).
 */
export function biweightLevels(values: Float64Array, options: BiweightOptions = {}): Levels {
  const n = values.length;
  if (n === 0) return { cuts: [], levels: [] };
  const centre = median(values);
  const centred = values.map((v) => v - centre);
  const { sigma, factor } = noiseOf(centred);
  if (!(sigma > 0)) return { cuts: [], levels: [centre] };
  const y = centred.map((v) => v / sigma);
  const limit = options.limit ?? 3;
  const short = (((options.minSegment ?? 5) - 1) * limit * limit) / 2;
  const penalty = Math.max(options.penalty ?? 2 * Math.log(n) * factor, short);
  const cuts = search(y, limit, penalty);
  const edges = [0, ...cuts, n];
  const levels = edges.slice(1).map((end, i) => median(values.subarray(edges[i], end)));
  return { cuts, levels };
}

/** Standard deviation of the noise, and by how much autocorrelation makes sums of it wilder. */
function noiseOf(x: Float64Array): { sigma: number; factor: number } {
  const steps = (lag: number) =>
    Float64Array.from({ length: Math.max(0, x.length - lag) }, (_, i) => Math.abs(x[i + lag]! - x[i]!));
  const spread = (lag: number) => scaleAroundZero(steps(lag));
  const one = spread(1);
  if (!(one > 0)) return { sigma: 0, factor: 1 };
  // where most samples repeat the one before, rare steps would pass for memory
  if (median(steps(1)) === 0) return { sigma: one / Math.SQRT2, factor: 1 };
  // AR(1): the variance of differences at lag k is 1 + ρ + … + ρ^(k−1) times that at lag 1; the largest ρ is the safe one
  let rho = 0;
  for (const lag of [2, 4, 8]) rho = Math.max(rho, rhoOf((spread(lag) / one) ** 2, lag));
  return { sigma: one / Math.sqrt(2 * (1 - rho)), factor: (1 + rho) / (1 - rho) };
}

function rhoOf(ratio: number, lag: number): number {
  let low = 0;
  let high = 0.95;
  for (let step = 0; step < 40; step++) {
    const rho = (low + high) / 2;
    if ((1 - rho ** lag) / (1 - rho) < ratio) low = rho;
    else high = rho;
  }
  return low;
}

function search(y: Float64Array, limit: number, penalty: number): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const v of y) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  let pieces: Piece[] = [{ from: low, to: high, a: 0, b: 0, c: 0, since: 0 }];
  const last = new Int32Array(y.length);
  for (let t = 0; t < y.length; t++) {
    pieces = withLoss(pieces, y[t]!, limit);
    const { cost, since } = cheapest(pieces);
    last[t] = since;
    pieces = capped(pieces, cost + penalty, t + 1);
  }
  const cuts: number[] = [];
  for (let t = last[y.length - 1]!; t > 0; t = last[t - 1]!) cuts.push(t);
  return cuts.reverse();
}

/** Adds min((θ − y)², limit²) to every piece. */
function withLoss(pieces: readonly Piece[], y: number, limit: number): Piece[] {
  const out: Piece[] = [];
  const [left, right] = [y - limit, y + limit];
  const flat = limit * limit;
  for (const piece of pieces) {
    const { from, to, a, b, c, since } = piece;
    if (from < left) out.push({ from, to: Math.min(to, left), a, b, c: c + flat, since });
    const [inFrom, inTo] = [Math.max(from, left), Math.min(to, right)];
    if (inFrom < inTo || (inFrom === inTo && from === to))
      out.push({ from: inFrom, to: inTo, a: a + 1, b: b - 2 * y, c: c + y * y, since });
    if (to > right) out.push({ from: Math.max(from, right), to, a, b, c: c + flat, since });
  }
  return out;
}

function cheapest(pieces: readonly Piece[]): { cost: number; since: number } {
  let cost = Infinity;
  let since = 0;
  for (const piece of pieces) {
    const { from, to, a, b, c } = piece;
    const theta = a > 0 ? Math.max(from, Math.min(to, -b / (2 * a))) : from;
    const value = (a * theta + b) * theta + c;
    if (value < cost) {
      cost = value;
      since = piece.since;
    }
  }
  return { cost, since };
}

/** Where starting anew at cost `cap` is cheaper than going on, do so. */
function capped(pieces: readonly Piece[], cap: number, now: number): Piece[] {
  const out: Piece[] = [];
  const add = (piece: Piece) => {
    const before = out.at(-1);
    if (before?.since === piece.since && before.a === piece.a && before.b === piece.b && before.c === piece.c)
      out[out.length - 1] = { ...before, to: piece.to };
    else out.push(piece);
  };
  for (const piece of pieces) {
    const { from, to, a, b, c } = piece;
    const fresh = (x: number, z: number): Piece => ({ from: x, to: z, a: 0, b: 0, c: cap, since: now });
    const under = below(piece, cap);
    if (under === null) {
      add(fresh(from, to));
      continue;
    }
    const [x, z] = under;
    if (x > from) add(fresh(from, x));
    add({ from: x, to: z, a, b, c, since: piece.since });
    if (z < to) add(fresh(z, to));
  }
  return out;
}

/** The part of the piece's stretch on which it costs no more than `cap`; null when there is none. */
function below({ from, to, a, b, c }: Piece, cap: number): readonly [number, number] | null {
  if (!(a > 0)) return c <= cap ? [from, to] : null;
  const root = b * b - 4 * a * (c - cap);
  if (root < 0) return null;
  const half = Math.sqrt(root) / (2 * a);
  const middle = -b / (2 * a);
  const [x, z] = [Math.max(from, middle - half), Math.min(to, middle + half)];
  return x < z || (x === z && from === to) ? [x, z] : null;
}
