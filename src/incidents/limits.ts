import { poissonLower, poissonUpper } from '../stats/count-law.js';
import { scoreOf, upperTail } from '../stats/normal.js';
import { smoothingOf } from '../stats/samples.js';
import { usualStep } from '../stats/track-law.js';
import type { Track } from '../types/track.js';
import type { Milliseconds, Ratio } from '../types/units.js';

/** What a change can have been, at least and at most: one-sided confidence limits. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** How far a change may lie from what samples tell of it, as factors. */
export interface Stretch {
  /** Part of a change that is certain. */
  readonly least: Ratio;
  /** How many times as large it may have been; ∞ where too little was seen. */
  readonly most: number;
}

/** That something was not there for most of a window takes a few instants that did not meet it. */
const FEWEST_INSTANTS = 4;
/** Instants that are taken to have seen nothing, besides those that saw something: all of them may have met one short peak. */
const EMPTY = 6;

/**
 * Error of the first kind for limits that finer samples are not to overturn: what `n` samples tell differs from what more
 * of them would by as much as their own error, so that the limits keep the further off the fewer there are.
 */
export function firm(alpha: number, n: number): number {
  return upperTail(scoreOf(alpha) * firmness(n));
}

/** How many times as far off limits are kept that finer samples are not to overturn. */
export function firmness(n: number): number {
  return 1 + 2 / Math.sqrt(n);
}

/**
 * Limits of the mean of an excursion of which only `n` instants were seen. Upwards, what lay between is taken to scatter
 * like an exponential law, as piles that come and go do.
 * @remarks χ² quantiles after Wilson and Hilferty 1931, PNAS 17:684
 */
function betweenInstants(excess: readonly number[], alpha: number): Stretch {
  const n = excess.length;
  const most = n < FEWEST_INSTANTS ? Infinity : unseenBetween(n, alpha);
  return { least: (n / (n + EMPTY)) * withoutMost(excess), most };
}

/** How many times as large as the mean of `n` instants that of all between them may be. */
export function unseenBetween(n: number, alpha: number): number {
  return 1 / Math.max(0.02, 1 - 1 / (9 * n) - scoreOf(alpha) / (3 * Math.sqrt(n))) ** 3;
}

/** Part of a mean that does not hang on one sample. */
function withoutMost(excess: readonly number[]): Ratio {
  const sum = excess.reduce((total, v) => total + v, 0);
  const most = excess.reduce((far, v) => (v * sum > far * sum ? v : far), 0);
  return sum === 0 ? 0 : Math.max(0, 1 - most / sum);
}

/**
 * Limits of what intervals tell that reach beyond the window, by half a step at either end on the average: all of it may
 * have happened inside, or a part by their length.
 */
function withinIntervals(step: Milliseconds, lasting: Milliseconds): Stretch {
  return { least: lasting / (lasting + step), most: 1 };
}

/** Limits that also hold for what lay between, times a factor. */
export function stretched({ low, high }: Bounds, { least, most }: Stretch, factor: number): Bounds {
  if (most === Infinity) return { low: -Infinity, high: Infinity };
  return { low: factor * low * (low > 0 ? least : most), high: factor * high * (high > 0 ? most : least) };
}

/** A number of events against the number expected. */
interface Tally {
  readonly events: number;
  readonly mean: number;
  /** Variance over mean. */
  readonly dispersion: number;
}

/** Limits of the number of events beyond the expected ones. */
export function countLimits({ events, mean, dispersion }: Tally, alpha: number): Bounds {
  const x = events / dispersion;
  return {
    low: dispersion * bisect((m) => poissonUpper(x, m) < alpha, 0, x) - mean,
    high: dispersion * bisect((m) => poissonLower(x, m) >= alpha, x, x + 10 + 10 * Math.sqrt(x + 1)) - mean,
  };
}

/** Where a condition that holds at `low` ceases to hold. */
function bisect(holds: (value: number) => boolean, low: number, high: number): number {
  let near = low;
  let far = high;
  for (let i = 0; i < 60; i++) {
    const mid = (near + far) / 2;
    if (holds(mid)) near = mid;
    else far = mid;
  }
  return far;
}

/**
 * How far what the samples of a window tell may lie from what was in it.
 * @param excess - of each sample beyond the baseline
 */
export function stretchOf(track: Track, excess: readonly number[], lasting: Milliseconds, alpha: number): Stretch {
  return sampled(track) ? betweenInstants(excess, alpha) : withinIntervals(track.step, lasting);
}

/** A level that rests, and what it does when it does not. */
interface Rest {
  readonly center: number;
  /** Half the smallest step it can make. */
  readonly near: number;
  /** Size a pile may well have, where none was seen. */
  readonly usual: number;
}

/** Instants of which one meets what lasts two fifths of the time, but for one chance in twenty. */
export const DENSE = 6;

/** At least this share of samples on the centre makes a level one that rests. */
const RESTING = 0.4;

/**
 * The most that piles can have added on the average between `n` instants, of a level that rests: as large as such piles are,
 * for as much of the time as so many instants may all miss. 0 of a level that does not rest.
 */
export function betweenRests(reference: Float64Array, n: number, { center, near, usual }: Rest, alpha: number): number {
  const piles = reference.filter((v) => v - center > near);
  if (reference.filter((v) => Math.abs(v - center) <= near).length < RESTING * reference.length) return 0;
  if (n < DENSE) return Infinity;
  const size = piles.reduce((sum, v) => sum + v - center, 0) / Math.max(1, piles.length);
  return Math.max(size, usual) * (1 - Math.pow(firm(alpha, n), 1 / n));
}

/** Bytes that wait in one place: a socket's buffer for sending as kernels set it up, `net.ipv4.tcp_wmem`. */
const BUFFER = 16_384;

/** Size that a pile may well have. */
export function usualPile(track: Track): number {
  return track.series.unit === 'bytes' ? BUFFER : usualStep(track);
}

/** Whether a track was seen at instants only, and what lay between was not: of a rate that came as one nobody knows. */
export function sampled(track: Track): boolean {
  return track.series.kind === 'gauge' || (track.series.kind === 'rate' && track.step > smoothingOf(track));
}

/** Standard error of the mean of some values by their own scatter; 0 of one. */
export function errorOfMean(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((s, v) => s + v, 0) / n;
  return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1) / n);
}
