import { levelLaw } from '../stats/level-law.js';
import { scoreOf, studentised } from '../stats/normal.js';
import { nearMemory } from '../stats/null-shape.js';
import { scoreMemory, sumVariance } from '../stats/scan.js';
import { eventsAt, smoothingOf } from '../stats/samples.js';
import { FEW, LEARN_MEMORY, overlapMemory, quantumOf, stepScatter, usualStep, worth } from '../stats/track-law.js';
import type { Track } from '../types/track.js';
import type { Milliseconds, Ratio } from '../types/units.js';
import { countView } from './count-view.js';
import { either, extremes } from './extremes.js';
import { betweenRests, errorOfMean, firm, usualPile, sampled, stretchOf, stretched, type Bounds } from './limits.js';
import { responseOf, shiftOf } from './response.js';

/** A stretch of time, epoch ms. */
export interface Span {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

export interface ObserveOptions {
  /** How several tracks (pods) make one statement: the most changed one (default), their sum, or their mean. */
  readonly aggregate?: 'max' | 'sum' | 'mean';
  /** Ordinary times; default: everything well outside the window and outside `exclude`. */
  readonly reference?: Span;
  /** Further stretches that are not ordinary, e.g. other incidents. */
  readonly exclude?: readonly Span[];
  /** How long the effect may have lasted, ms; default: as long as the window. */
  readonly eventLength?: Milliseconds;
  /** Direction the smallest detectable change is stated for; default up. */
  readonly direction?: 'up' | 'down';
  /** One-sided error of the first kind (default 0.05) and power (default 0.95). */
  readonly alpha?: number;
  readonly power?: number;
  /** How many samples tell of the window, where they were put together; default: as many as there are. */
  readonly samples?: number;
  /** Smallest change that matters: a series that would miss it is blind. */
  readonly relevant?: number;
}

/** Least and largest change that samples are compatible with. */
export type Limits = readonly [low: number, high: number];

/** What one track did in a window. */
export interface View {
  readonly change: number;
  readonly mde: number | null;
  readonly baseline: number | null;
  readonly peak: number | null;
  /** p-values of a rise and of a fall. */
  readonly up: number;
  readonly down: number;
  /** The most that can have been added in the window: rates of counters cannot fall below zero; null for levels. */
  readonly ceiling: number | null;
  /** Least and largest change the samples are compatible with, each at the error of the first kind; null when blind. */
  readonly limits: (() => Limits) | null;
  /** What the change can have been whatever finer samples would have shown; null when it may have been missed. */
  readonly bounds: Bounds | null;
  /** Part of the change that surely fell into the window: samples reach beyond it or leave gaps in it. */
  readonly certain: Ratio;
}

/** Nothing can be said. */
export const BLIND: View = {
  change: 0,
  mde: null,
  baseline: null,
  peak: null,
  up: 1,
  down: 1,
  ceiling: null,
  limits: null,
  bounds: null,
  certain: 0,
};

/** z_α + z_β; α shared among `tests`. */
export function distances(options: ObserveOptions, tests = 1): number {
  return scoreOf((options.alpha ?? 0.05) / tests) + scoreOf(1 - (options.power ?? 0.95));
}

/** Which samples speak of a window, and which of ordinary times. */
export interface Split {
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/**
 * Sample indices within the window, and those of ordinary times. Where hardly any are ordinary, the distance kept from the
 * window is given up first, then the ban on the first smoothing window of a recording.
 */
export function split(track: Track, window: Span, options: ObserveOptions): Split {
  const inside: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < track.time.length; i++)
    if (Number.isFinite(track.value[i]!)) (touches(track, i, window) ? inside : others).push(i);
  const guard = Math.max(track.step, 0.5 * (window.to - window.from));
  let outside: number[] = [];
  for (const [distance, warm] of [
    [guard, false],
    [0, false],
    [0, true],
  ] as const) {
    outside = others.filter(ordinaryTimes(track, window, options, distance, warm));
    if (outside.length > LEAST_REFERENCE && outside.length * track.step >= 2 * (window.to - window.from)) break;
  }
  return { inside, outside };
}

/** Whether sample i speaks of the window: its instant lies in it, or its interval overlaps it. */
function touches(track: Track, i: number, window: Span): boolean {
  const tail = smoothingOf(track);
  const t = track.time[i]!;
  const begin = tail > 0 ? t - track.step : track.from[i]!;
  return begin < window.to + tail && t >= window.from && (begin < t || t <= window.to);
}

function ordinaryTimes(
  track: Track,
  window: Span,
  options: ObserveOptions,
  guard: number,
  warm: boolean,
): (i: number) => boolean {
  const { time, from } = track;
  const { reference } = options;
  if (reference !== undefined) return (i) => from[i]! >= reference.from && time[i]! <= reference.to;
  const tail = smoothingOf(track);
  const warmUp = warm || tail <= track.step ? -Infinity : (time[0] ?? 0) + tail - track.step;
  const barred = [window, ...(options.exclude ?? [])];
  return (i) => {
    if (time[i]! < warmUp) return false;
    const begin = tail > 0 ? time[i]! - track.step : from[i]!;
    return barred.every((span) => time[i]! < span.from - guard || begin > span.to + guard + tail);
  };
}

/** Fewer ordinary samples than this say nothing of their scatter. */
const LEAST_REFERENCE = 3;

/** What one track did in a window. */
export function viewOf(track: Track, window: Span, options: ObserveOptions): View {
  const parts = split(track, window, options);
  const lasting = Math.max(1, Math.min(options.eventLength ?? Infinity, window.to - window.from));
  const ceiling = ceilingOf(track, window, parts.inside, lasting);
  if (parts.inside.length === 0 || parts.outside.length < LEAST_REFERENCE) return { ...BLIND, ceiling };
  // a level read every T ms misses an event of d ms with probability 1 − d/T
  const unseen =
    track.series.kind === 'gauge' && lasting < track.step * parts.inside.length * 0.95 && lasting < track.step;
  const view = counted(track, parts.outside)
    ? countView(track, parts, lasting, options)
    : levelView(track, parts, lasting, options);
  return { ...view, ceiling, ...(unseen ? { mde: null, limits: null, bounds: null } : {}) };
}

/**
 * The most a counter can have grown per second of the event, whatever its usual level: it never runs backwards, so no
 * more can have happened in the window than in the intervals around it. Needs no reference, and so holds for short
 * recordings too. Null for levels and where no interval encloses the window.
 */
function ceilingOf(track: Track, window: Span, inside: readonly number[], lasting: Milliseconds): number | null {
  if (track.series.kind === 'gauge' || inside.length === 0) return null;
  const tail = smoothingOf(track);
  if (tail === 0) {
    const first = track.from[inside[0]!]!;
    const last = track.time[inside.at(-1)!]!;
    if (first > window.from || last < window.to) return null;
    return inside.reduce((sum, i) => sum + track.value[i]! * (track.time[i]! - track.from[i]!), 0) / lasting;
  }
  // rate() misses up to a step at either end of its window
  const enclosing = inside.filter(
    (i) => track.time[i]! - track.step >= window.to && track.time[i]! - tail + track.step <= window.from,
  );
  if (enclosing.length === 0) return null;
  return (Math.min(...enclosing.map((i) => track.value[i]!)) * tail) / lasting;
}

/** Whether to count events: of a counter always, of a smoothed rate where they are few. */
function counted(track: Track, outside: readonly number[]): boolean {
  if (track.count !== undefined) return true;
  const few = outside.filter((i) => eventsAt(track, i) < FEW).length;
  return few * 2 > outside.length;
}

function levelView(track: Track, parts: Split, lasting: number, options: ObserveOptions): Omit<View, 'ceiling'> {
  const ordered = Float64Array.from(parts.outside, (i) => track.value[i]!);
  const reference = ordered.slice().sort();
  const inside = parts.inside.map((i) => track.value[i]!);
  const n = inside.length;
  const m = reference.length;
  const overlap = overlapMemory(track);
  const quantum = quantumOf(track, Float64Array.of(...reference, ...inside));
  const law = levelLaw(reference, {
    quantum,
    smallest: usualStep(track),
    effective: worth(m, overlap),
    steps: stepScatter(ordered, new Uint8Array(m).fill(1), overlap),
  });
  const acf = memoryOf(ordered.map(law.score), overlap);
  // error of the mean of the window and of the mean of the reference, in units of one sample's scatter
  const error = Math.sqrt(sumVariance(n, acf) / n ** 2 + 1 / worth(m, acf));
  const baseline = trimmedMean(reference);
  const dilution = track.series.kind === 'gauge' ? 1 : diluted(track, parts.inside, lasting);
  const scores = inside.map((v) => law.score(v));
  const far = extremes(reference, scores);
  const z = scores.reduce((s, v) => s + v, 0) / n / error;
  const sign = options.direction === 'down' ? -1 : 1;
  const need = distances(options, n > 1 ? 2 : 1) * error;
  const response = responseOf(law.score, reference, quantum);
  const away = (score: number): number => shiftOf(response, score, Math.max(law.scale, Number.MIN_VALUE));
  const mde = away(sign * need);
  const change = inside.reduce((s, v) => s + v, 0) / n - baseline;
  const alpha = options.alpha ?? 0.05;
  const between = stretchOf(track, inside.map((v) => v - baseline), lasting, alpha); // prettier-ignore
  const level = { track, inside, alpha, baseline, lowest: reference[0]!, samples: options.samples ?? n };
  const rest = { center: law.center, near: quantum / 2, usual: usualPile(track) };
  const bounds = stretched(
    boundsOf(change, level, (z) => away(z * error)),
    between,
    dilution,
  );
  return {
    change: change * dilution,
    // instants that saw nothing do not show less than they would have had to show, or than they may have missed
    bounds: sampled(track)
      ? { low: bounds.low, high: Math.max(bounds.high, mde * dilution, betweenRests(reference, n, rest, alpha)) }
      : bounds,
    certain: between.least,
    limits: () => {
      const slack = carefulSlack(ordered.map(law.score), acf, n, options.alpha ?? 0.05);
      // scores of a series that rests say little of how far its mean wanders: its plain deviation does
      const plain = slack * deviation(reference);
      const [low, high] = [Math.max(plain, away(-slack)), Math.max(plain, away(slack))];
      return [(change - low) * dilution, (change + high) * dilution];
    },
    mde: Number.isFinite(mde) ? mde * dilution : null,
    baseline,
    peak: sign > 0 ? Math.max(...inside) : Math.min(...inside),
    up: either(z, far.high, n),
    down: either(-z, far.low, n),
  };
}

/**
 * Half the confidence interval of the mean of `n` scores against that of the reference: Student's, with the memory that the
 * reference may have where it is too short to show it (first-order autoregression, Kendall's correction).
 */
function carefulSlack(scores: Float64Array, acf: readonly number[], n: number, alpha: number): number {
  const m = scores.length;
  const [one] = nearMemory(scores, new Uint8Array(m).fill(1));
  const memory = Array.from({ length: Math.max(acf.length, Math.min(m, 24)) }, (_, k) =>
    Math.max(acf[k] ?? 0, Math.pow(one, k + 1)),
  );
  const lasting = worth(m, memory);
  const error = Math.sqrt(sumVariance(n, memory) / n ** 2 + 1 / lasting);
  return scoreOf(alpha) * studentised(alpha, lasting - 1) * error;
}

/** A level in a window, against ordinary times. */
interface Level {
  readonly track: Track;
  readonly inside: readonly number[];
  readonly alpha: number;
  readonly baseline: number;
  readonly lowest: number;
  /** How many samples tell of it. */
  readonly samples: number;
}

/** Bounds of a change of a level that its samples tell of; `away` is how far a mean is off at a standard score. */
function boundsOf(
  change: number,
  { track, inside, alpha, baseline, lowest, samples }: Level,
  away: (z: number) => number,
): Bounds {
  const n = inside.length;
  const instants = sampled(track);
  const chance = scoreOf(firm(alpha, samples));
  // what lay between the instants scattered as they do
  const gaps = instants ? scoreOf(alpha) * studentised(alpha, n - 1) * errorOfMean(inside) : 0;
  // what is never negative cannot have risen by more than all there was; between instants there may have been more
  const all = instants || Math.min(lowest, ...inside) < 0 ? Infinity : change + baseline;
  return {
    low: change - Math.max(away(chance), gaps),
    high: Math.min(all, change + Math.max(away(-chance), gaps)),
  };
}

/** How much an event is thinned by intervals that reach beyond it. */
function diluted(track: Track, inside: readonly number[], lasting: number): number {
  const tail = smoothingOf(track);
  if (tail > 0) return Math.max(inside.length * track.step, lasting + tail) / lasting;
  const covered = inside.reduce((sum, i) => sum + track.time[i]! - track.from[i]!, 0);
  return Math.max(1, covered / lasting);
}

function memoryOf(scores: Float64Array, overlap: readonly number[]): number[] {
  const own = scores.length >= LEARN_MEMORY ? scoreMemory(scores, new Uint8Array(scores.length).fill(1)) : [];
  return Array.from({ length: Math.max(own.length, overlap.length) }, (_, k) => Math.max(own[k] ?? 0, overlap[k] ?? 0));
}

/** Mean of the middle 90 %: a baseline that one wild sample does not move. */
export function trimmedMean(sorted: Float64Array): number {
  const cut = Math.floor(sorted.length * 0.05);
  const kept = sorted.subarray(cut, sorted.length - cut);
  return kept.reduce((s, v) => s + v, 0) / kept.length;
}

/** Standard deviation of a sample. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / Math.max(1, values.length - 1));
}
