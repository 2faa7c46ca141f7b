import type { Track } from '../types/track.js';
import { countLaw } from './count-law.js';
import { levelLaw } from './level-law.js';
import { quantileOfSorted, sortedFinite } from './quantile.js';
import { eventsAt, freshShare, pick, secondsAt, smoothingOf, WHOLE } from './samples.js';
import { scoreMemory, sumVariance } from './scan.js';

/** Up to so many events a sample, their discreteness matters; beyond, they scatter like any level. */
export const FEW = 20;
/** From so many samples on, the law is learnt from a part of them, and once. */
export const LONG = 1000;

/** Autocorrelation is learnt from at least this many samples; fewer tell it too badly. */
export const LEARN_MEMORY = 12;

/** Autocorrelation that smoothing alone makes: the overlap of the windows of samples k apart. */
export function overlapMemory(track: Track): number[] {
  const window = smoothingOf(track);
  const acf: number[] = [];
  for (let k = 1; track.step > 0 && k * track.step < window && k < 64; k++) acf.push(1 - (k * track.step) / window);
  return acf;
}

export interface Pass {
  readonly score: Float64Array;
  readonly acf: readonly number[];
  /** Variance of the centre in units of the variance of one sample. */
  readonly centerError: number;
  /** Share of a score that goes over to the next one; 0 where smoothing makes the memory, and for series that rest. */
  readonly carried: number;
  readonly baseline: number;
  readonly scale: number;
}

/** What a law makes of a track. */
interface Scores extends Pick<Pass, 'score' | 'baseline' | 'scale'> {
  readonly rests: boolean;
}

export function scorePass(track: Track, index: Int32Array, ordinary: Uint8Array): Pass {
  const smoothing = overlapMemory(track);
  let m = 0;
  for (const flag of ordinary) m += flag;
  const values = (acf: readonly number[]): Scores =>
    countable(track, index) ? counts(track, index, ordinary) : levels(track, index, ordinary, worth(m, acf), acf);
  let pass = values(smoothing);
  let acf: readonly number[] = smoothing;
  const own = m >= LEARN_MEMORY ? scoreMemory(pass.score, ordinary) : [];
  if (own.length > 0) {
    acf = Array.from({ length: Math.max(own.length, smoothing.length) }, (_, k) =>
      Math.max(own[k] ?? 0, smoothing[k] ?? 0),
    );
    if (m < LONG) pass = values(acf);
  }
  const { rests, ...scores } = pass;
  const carried = rests || smoothing.length > 0 ? 0 : (acf[0] ?? 0);
  return { ...scores, acf, centerError: 1 / worth(m, acf), carried };
}

/** Number of independent samples that `m` samples with this memory are worth. */
export function worth(m: number, acf: readonly number[]): number {
  return acf.length === 0 ? m : Math.max(2, (m * m) / sumVariance(m, acf));
}

/** Usual length of an interval, seconds. */
function typical(track: Track, seconds: Float64Array): number {
  if (seconds.length > LONG && track.step > 0 && track.count !== undefined) return track.step / 1000;
  return quantileOfSorted(sortedFinite(seconds), 0.5);
}

/** Few events a sample: their discreteness matters. With many, their scatter is anything but Poisson. */
export function countable(track: Track, index: Int32Array): boolean {
  let few = 0;
  for (const i of index) {
    const c = eventsAt(track, i);
    if (Number.isNaN(c)) return false;
    if (c < FEW) few++;
  }
  return few * 2 > index.length;
}

function counts(track: Track, index: Int32Array, ordinary: Uint8Array): Scores {
  const n = index.length;
  const seconds = new Float64Array(n);
  const events = new Float64Array(n);
  const kept = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    seconds[k] = secondsAt(track, index[k]!);
    events[k] = eventsAt(track, index[k]!);
    kept[k] = ordinary[k] ? events[k]! : NaN;
  }
  const law = countLaw(kept, seconds, freshShare(track));
  const usual = typical(track, seconds);
  const known = new Map<number, number>();
  const score = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // intervals of nearly the same length share their scores: the distribution function is dear
    const near = Math.abs(seconds[k]! - usual) <= 0.05 * usual;
    let z = near ? known.get(events[k]!) : undefined;
    if (z === undefined) {
      z = law.score(events[k]!, near ? usual : seconds[k]!);
      if (near) known.set(events[k]!, z);
    }
    score[k] = z;
  }
  const variance = (law.dispersion * Math.max(law.rate, 0.5 / law.seconds)) / usual;
  return { score, baseline: law.rate, scale: Math.sqrt(variance), rests: false };
}

function levels(
  track: Track,
  index: Int32Array,
  ordinary: Uint8Array,
  effective: number,
  acf: readonly number[],
): Scores {
  // the square root of a rate of events scatters alike at every rate
  const events = eventsLaw(track, index);
  const root = events > 0;
  const value = pick(track.value, index);
  if (root) for (let k = 0; k < value.length; k++) value[k] = Math.sqrt(Math.max(0, value[k]!));
  const law = levelLaw(sample(value, ordinary).sort(), {
    quantum: root ? 0 : quantumOf(track, value),
    smallest: usualStep(track) || departure(value) / 100,
    least: Math.sqrt(events) / 2,
    effective,
    steps: stepScatter(value, ordinary, acf),
  });
  const baseline = root ? law.center ** 2 : law.center;
  const scale = root ? 2 * law.scale * Math.max(law.center, law.scale) : law.scale;
  for (let k = 0; k < value.length; k++) value[k] = law.score(value[k]!);
  return { score: value, baseline, scale, rests: law.rests };
}

/** Variance over mean of a rate of whole events that come at random; 0 where they cannot be counted. */
function eventsLaw(track: Track, index: Int32Array): number {
  const i = index[index.length >> 1]!;
  return Number.isNaN(eventsAt(track, i)) ? 0 : 1 / secondsAt(track, i);
}

/** The ordinary values; of many, an even selection. */
function sample(value: Float64Array, ordinary: Uint8Array): Float64Array {
  const out = new Float64Array(value.length);
  let kept = 0;
  for (let k = 0; k < value.length; k++) if (ordinary[k]) out[kept++] = value[k]!;
  return evenSample(out, kept);
}

/** The first `n` values; of many, an even selection in steps of the golden ratio, which fall in with no period. */
export function evenSample(values: Float64Array, n: number): Float64Array {
  if (n <= 2 * LONG) return values.subarray(0, n);
  const out = new Float64Array(LONG);
  for (let i = 0; i < LONG; i++) out[i] = values[Math.floor(((i * 0.6180339887498949) % 1) * n)]!;
  return out;
}

/** What a first departure of a quantity may well amount to: a page or some packets, one thing, some milliseconds. */
export function usualStep({ series: { unit } }: Track): number {
  const base = unit.replace('/second', '');
  if (base === 'bytes') return 4096;
  if (base === 'seconds') return 0.01;
  if (base === 'ratio') return 0.01;
  return base === 'unknown' ? 0 : 1;
}

/** Largest distance from the first value. */
function departure(value: Float64Array): number {
  let most = 0;
  for (const v of value) most = Math.max(most, Math.abs(v - value[0]!));
  return most;
}

/**
 * Smallest step a value can make or that could matter: one for whole things, a millisecond, a tenth of a percent, the
 * rounding of the source; 0 when unknown.
 */
export function quantumOf(track: Track, values: Float64Array): number {
  const { unit, kind, rounding } = track.series;
  const base = unit.replace('/second', '');
  let natural = 0;
  if (base === 'seconds' || base === 'ratio') natural = 0.001;
  else if (base === 'bytes' && kind !== 'gauge') natural = 1;
  else if (kind === 'gauge' && (WHOLE.has(base) || base === 'bytes') && values.every(Number.isInteger)) natural = 1;
  return Math.max(natural, 2 * (rounding ?? 0));
}

/**
 * Scatter of a smoothed series from its steps: neighbouring windows differ by what enters and what leaves, so steps
 * are nearly independent where levels are not.
 */
export function stepScatter(
  value: Float64Array,
  ordinary: Uint8Array,
  acf: readonly number[],
): { scale: number; count: number } | undefined {
  const first = acf[0];
  if (first === undefined || value.length >= 60) return undefined;
  const squares: number[] = [];
  for (let k = 1; k < value.length; k++)
    if (ordinary[k] && ordinary[k - 1]) squares.push((value[k]! - value[k - 1]!) ** 2);
  if (squares.length < 4) return undefined;
  squares.sort((a, b) => a - b);
  const limit = 12 * quantileOfSorted(squares, 0.5) * 2.2;
  const kept = squares.filter((s) => s <= limit);
  const mean = kept.reduce((s, v) => s + v, 0) / kept.length;
  return { scale: Math.sqrt(mean / (2 * (1 - first))), count: kept.length };
}
