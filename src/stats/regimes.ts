import { longRun, maximumTail, twoSided } from './change-tests.js';
import { upperTail, scoreOf } from './normal.js';
import { nearMemory, tailShape, type NullShape } from './null-shape.js';
import { reading, type Surface } from './null-surface.js';
import { median } from './quantile.js';
import { REGIME_SURFACES } from './regime-surfaces.js';
import { scaleAroundZero, winsorise } from './robust-scale.js';
import { findPeriod, withoutSeason } from './season.js';
import { segmentation, type MeanLaw } from './segmentation.js';

/** A lasting change of level. */
export interface Shift {
  /** Index of the first sample of the new level, and of the first sample after it. */
  readonly at: number;
  readonly until: number;
  readonly before: number;
  readonly after: number;
  /** Change in long-run standard errors. */
  readonly score: number;
  /** Corrected for the number of places at which the change might have been. */
  readonly p: number;
}

/** A stretch in which the level keeps rising or falling. */
export interface Slope {
  readonly from: number;
  readonly until: number;
  /** Fitted values at its first and last sample. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly p: number;
}

export interface Regimes {
  readonly shifts: readonly Shift[];
  readonly slopes: readonly Slope[];
  /** Robust standard deviation of the samples around their regimes. */
  readonly noise: number;
}

/** Significance at which a shift or slope is reported, before the correction over all series. */
const ALPHA = 0.05;
/** The search looks at no more than this many block means, so its cost does not grow with the series. */
const BLOCKS = 96;
const SHORTEST = 6;
const FEWEST = 12;
/** Blocks further than three deviations from the median of seven are pulled in: a burst of up to three is no level. */
const HALF = 3;
const LIMIT = 3;
/** A regime of fewer blocks must have shifted its median too, lest a clipped burst pass for it. */
const SMALL = 16;
const NONE: Regimes = { shifts: [], slopes: [], noise: 0 };

/**
 * Lasting changes of level and lasting slopes of a series.
 * @param values - finite samples in time order, not necessarily evenly spaced; at least twelve, else nothing is found
 * @returns indices into `values`; none for a constant series
 * @remarks Block means are segmented by description length (`segmentation`), which allows for autocorrelation and tells
 * steps from slopes and from wandering. Each result is then tested: its size in standard errors from the long-run
 * variance of the residuals (lag-one autocorrelation, small-sample corrected), Student's law, and the tail of the
 * maximum over all places (James, James & Siegmund 1987, Biometrika 74:71). None is surer than the segmentation that it
 * stems from: that chance shortens a description by k nats has a probability of at most exp(−k) (Grünwald 2007, The
 * Minimum Description Length Principle, §3.3), with k over the overdispersion of the wildest regime (Wedderburn 1974,
 * Biometrika 61:439).
 */
export function regimes(values: Float64Array, of: 'level' | 'spread' = 'level'): Regimes {
  const raw = rawRegimes(values, of);
  if (raw === null) return NONE;
  const read = (surface: Surface, p: number): number =>
    Math.max(
      upperTail(reading(surface, raw.shape, REGIME_CROSSED, USUAL).read(scoreOf(p))),
      Math.min(ALPHA, raw.compressed),
    );
  const shifts = raw.shifts.map((shift) => ({
    ...shift,
    p: read(of === 'level' ? REGIME_SURFACES.shift : REGIME_SURFACES.spread, shift.p),
  }));
  const slopes = raw.slopes.map((slope) => ({ ...slope, p: read(REGIME_SURFACES.slope, slope.p) }));
  return {
    shifts: shifts.filter(({ p }) => p <= ALPHA),
    slopes: slopes.filter(({ p }) => p <= ALPHA),
    noise: raw.noise,
  };
}

/** The score that a normal variable exceeds in one of twenty cases. */
const USUAL = 1.6448536269514722;

/** How many of the first traits of the residuals enter their response surfaces with their products. */
export const REGIME_CROSSED = 5;

/** What a level may do. Scatter goes from one size to another: that it grew evenly, or wandered, would hide most changes. */
const CHOICES = {
  level: { phis: [0, 0.5, 0.8, 1] },
  spread: { phis: [0, 0.5, 0.8], laws: ['constant'] },
} as const;

/** All changes and slopes by the textbook's law, significant or not, and what is left between them; null for none. */
export function rawRegimes(
  values: Float64Array,
  of: 'level' | 'spread' = 'level',
): (Regimes & { readonly shape: NullShape; readonly compressed: number }) | null {
  const n = values.length;
  if (n < FEWEST) return null;
  const bin = Math.ceil(n / BLOCKS);
  const blocks = blockMeans(values, bin);
  const centre = median(blocks);
  const centred = blocks.map((v) => v - centre);
  const unit = spreadOf(centred);
  if (!(unit > 0)) return null;
  const scaled = centred.map((v) => v / unit);
  const calm = winsorise(scaled, HALF, LIMIT);
  if (quiet(calm)) return null;
  const cycle = findPeriod(calm);
  const y = cycle === null ? calm : winsorise(withoutSeason(scaled, cycle.samples), HALF, LIMIT);
  const best = segmentation([y], { minSegment: SHORTEST, maxCuts: 8, ...CHOICES[of] });
  const fit = fitted(y, best.cuts.length > 0 || best.law === 'line' ? best.cuts : strongestCut(y), best.law);
  const judged = judge(values, bin, { y, ...fit, phi: best.phi, unit, centre });
  const wildest = Math.max(...fit.level.map((_, r) => wildness(fit, r)));
  const compressed = Math.exp(-Math.max(0, best.unchanged - best.length) / wildest);
  return { ...judged, shape: shapeOf(fit, best.phi, bin), compressed };
}

/** Robust deviations below which two residuals are one value, but for rounding. */
const TIED = 1e-4;

function shapeOf({ residual, law }: Fit, phi: number, bin: number): NullShape {
  const sorted = residual.slice().sort();
  const [skew, tail] = tailShape(sorted);
  const [one, two] = nearMemory(residual, new Uint8Array(residual.length).fill(1));
  let ties = 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i]! - sorted[i - 1]! < TIED) ties++;
  const line = law === 'line' ? 1 : 0;
  const traits = [
    one,
    phi,
    Math.abs(skew),
    tail,
    ties / sorted.length,
    two,
    line,
    line * phi,
    Math.min(4, Math.log(bin)),
  ];
  return { count: residual.length, traits };
}

interface Judged extends Fit {
  readonly y: Float64Array;
  readonly phi: number;
  readonly unit: number;
  readonly centre: number;
}

interface Fit {
  readonly law: MeanLaw;
  /** Block indices: 0, the cuts, the number of blocks. */
  readonly edges: readonly number[];
  /** Per regime: fitted value in its middle, and slope per block. */
  readonly level: readonly number[];
  readonly slope: readonly number[];
  readonly residual: Float64Array;
}

function fitted(y: Float64Array, cuts: readonly number[], law: MeanLaw): Fit {
  const edges = [0, ...cuts, y.length];
  const level: number[] = [];
  const slope: number[] = [];
  const residual = new Float64Array(y.length);
  for (let r = 0; r + 1 < edges.length; r++) {
    const [from, to] = [edges[r]!, edges[r + 1]!];
    const mid = (from + to - 1) / 2;
    let sum = 0;
    let xy = 0;
    let xx = 0;
    for (let i = from; i < to; i++) {
      sum += y[i]!;
      xy += (i - mid) * y[i]!;
      xx += (i - mid) * (i - mid);
    }
    level.push(sum / (to - from));
    slope.push(law === 'line' && xx > 0 ? xy / xx : 0);
    for (let i = from; i < to; i++) residual[i] = y[i]! - level[r]! - slope[r]! * (i - mid);
  }
  return { law, edges, level, slope, residual };
}

function judge(values: Float64Array, bin: number, fit: Judged): Regimes {
  const { edges, level, residual, unit } = fit;
  // a walk that goes by steps only is judged by what is left between the steps
  const stepwise = fit.law === 'constant' && fit.phi === 1;
  const noise = longRun(residual, (fit.law === 'line' ? 2 : 1) * level.length, stepwise ? 0 : fit.phi);
  const cuts = edges.slice(1, -1);
  const steps = cuts.map((cut, r) =>
    place(values, bin, cut, valueAt(fit, r, cut - 0.5), valueAt(fit, r + 1, cut - 0.5)),
  );
  const bounds = [0, ...steps, values.length];
  const shifts: Shift[] = [];
  const slopes: Slope[] = [];
  for (let r = 0; r < level.length; r++) {
    if (r > 0 && (fit.phi < 1 || stepwise)) {
      const tested = testShift(fit, r, noise);
      shifts.push({ at: bounds[r]!, until: bounds[r + 1]!, ...tested });
    }
    if (fit.law === 'line') {
      const tested = testSlope(fit, r, noise);
      slopes.push({ from: bounds[r]!, until: bounds[r + 1]!, ...tested });
    }
  }
  return { shifts, slopes, noise: scaleAroundZero(residual) * unit * Math.sqrt(bin) };
}

/** Fitted value of regime r at a block, in the unit of the series. */
function valueAt(fit: Judged, r: number, block: number): number {
  const { edges, level, slope, unit, centre } = fit;
  return (level[r]! + slope[r]! * (block - (edges[r]! + edges[r + 1]! - 1) / 2)) * unit + centre;
}

function testShift(fit: Judged, r: number, noise: ReturnType<typeof longRun>) {
  const { edges, law, unit } = fit;
  const cut = edges[r]!;
  const [left, right] = [cut - edges[r - 1]!, edges[r + 1]! - cut];
  // the end of a fitted line is twice as uncertain as the middle of a level
  const stretch = law === 'line' ? 4 : 1;
  const error = noise.sigma * unit * Math.sqrt(stretch * (wildness(fit, r - 1) / left + wildness(fit, r) / right));
  const [before, after] = [valueAt(fit, r - 1, cut - 0.5), valueAt(fit, r, cut - 0.5)];
  const score = Math.abs(after - before) / error;
  const believed = Math.min(left, right) >= SMALL || 2 * Math.abs(medianShift(fit, r)) >= Math.abs(after - before);
  return { before, after, score, p: believed ? maximumTail(score, noise.freedom, left + right, SHORTEST) : 1 };
}

/** Jump between the regimes before and after edge r, from medians of the residuals instead of means. */
function medianShift(fit: Judged, r: number): number {
  const { edges, residual, unit } = fit;
  const of = (k: number) => median(residual.subarray(edges[k], edges[k + 1])) * unit + valueAt(fit, k, edges[r]! - 0.5);
  return of(r) - of(r - 1);
}

function testSlope(fit: Judged, r: number, noise: ReturnType<typeof longRun>) {
  const [from, to] = [fit.edges[r]!, fit.edges[r + 1]!];
  const m = to - from;
  const error =
    fit.phi < 1 ? noise.sigma * Math.sqrt((12 * wildness(fit, r)) / (m * (m * m - 1))) : noise.step / Math.sqrt(m - 1);
  const score = Math.abs(fit.slope[r]!) / error;
  // regimes that were cut out of the series had the choice of all places
  const chances = fit.level.length > 1 ? fit.residual.length : 1;
  const p = Math.min(1, chances * twoSided(score, noise.freedom));
  return { start: valueAt(fit, r, from - 0.5), end: valueAt(fit, r, to - 0.5), score, p };
}

/** Variance within a regime over that of all, at least 1: a change of spread must not pass for one of level. */
function wildness({ edges, residual }: Fit, r: number): number {
  let own = 0;
  let all = 0;
  for (let i = 0; i < residual.length; i++) {
    all += residual[i]! ** 2;
    if (i >= edges[r]! && i < edges[r + 1]!) own += residual[i]! ** 2;
  }
  const share = (edges[r + 1]! - edges[r]!) / residual.length;
  return all > 0 ? Math.max(1, own / (all * share)) : 1;
}

function blockMeans(values: Float64Array, bin: number): Float64Array {
  const out = new Float64Array(Math.floor(values.length / bin));
  const origin = values[0]!;
  for (let b = 0, i = 0; b < out.length; b++) {
    let sum = 0;
    for (let j = 0; j < bin; j++, i++) sum += values[i]! - origin;
    out[b] = origin + sum / bin;
  }
  return out;
}

/** Robust spread; falls back on the largest deviation for series that hardly ever move. */
function spreadOf(centred: Float64Array): number {
  const scale = scaleAroundZero(centred);
  return scale > 0 ? scale : 0;
}

/** Whether the cumulative sum of deviations stays so low (p > 0.27, Brownian bridge) that no lasting change can follow. */
function quiet(y: Float64Array): boolean {
  const n = y.length;
  let mean = 0;
  for (const v of y) mean += v / n;
  const steps = new Float64Array(n - 1);
  for (let i = 1; i < n; i++) steps[i - 1] = y[i]! - y[i - 1]!;
  const sigma = scaleAroundZero(steps) / Math.SQRT2;
  let sum = 0;
  let top = 0;
  for (const v of y) {
    sum += v - mean;
    top = Math.max(top, Math.abs(sum));
  }
  return top < sigma * Math.sqrt(n);
}

/** The single place that splits the series into the two most different means. */
function strongestCut(y: Float64Array): number[] {
  const n = y.length;
  let total = 0;
  for (const v of y) total += v;
  let left = 0;
  let best = -1;
  let cut = 0;
  for (let i = 1; i < n; i++) {
    left += y[i - 1]!;
    if (i < SHORTEST || n - i < SHORTEST) continue;
    const gain = (left - (i * total) / n) ** 2 / (i * (n - i));
    if (gain > best) {
      best = gain;
      cut = i;
    }
  }
  return cut > 0 ? [cut] : [];
}

/** The sample at which the series goes from one level to the other, searched a block to either side of the cut. */
function place(values: Float64Array, bin: number, cut: number, before: number, after: number): number {
  const from = Math.max(1, (cut - 1) * bin);
  const to = Math.min(values.length - 1, (cut + 1) * bin);
  const reach = Math.abs(after - before);
  const middle = (before + after) / 2;
  const sign = after > before ? 1 : -1;
  let sum = 0;
  let best = Infinity;
  let at = Math.min(values.length - 1, cut * bin);
  for (let i = from; i <= to; i++) {
    if (sum < best) {
      best = sum;
      at = i;
    }
    // one wild sample may not outweigh the step itself
    sum += sign * Math.max(-reach, Math.min(reach, values[i]! - middle));
  }
  return at;
}
