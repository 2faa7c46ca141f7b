import { countLaw, poissonLower, poissonUpper } from '../stats/count-law.js';
import { levelLaw } from '../stats/level-law.js';
import { scoreOf, upperTail } from '../stats/normal.js';
import { scoreMemory, sumVariance } from '../stats/scan.js';
import { quantumOf, smoothingOf } from '../stats/scoring.js';
import { trackUnit } from '../stats/finding.js';
import type { Observed } from '../types/diagnosis.js';
import type { Track } from '../types/track.js';
import type { Milliseconds } from '../types/units.js';

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
  /** Smallest change that matters: a series that would miss it is blind. */
  readonly relevant?: number;
}

interface View {
  readonly change: number;
  readonly mde: number | null;
  readonly baseline: number | null;
  readonly peak: number | null;
  /** p-values of a rise and of a fall. */
  readonly up: number;
  readonly down: number;
  /** The most that can have been added in the window: rates of counters cannot fall below zero; null for levels. */
  readonly ceiling: number | null;
}

const BLIND: View = { change: 0, mde: null, baseline: null, peak: null, up: 1, down: 1, ceiling: null };

/**
 * What a signal did in a window against ordinary times, and the smallest change that would have been seen.
 *
 * Changes are undiluted: of rates and counters the area beyond the baseline is divided by the length of the window, so
 * that a step or a smoothing longer than the event does not make it look small. `flat` is the outcome of an equivalence
 * test: a change of `mde` would have been found with the given power; else the series is `blind`.
 * @param tracks - one signal on one or several entities; none gives `absent`
 * @remarks smallest detectable change after Bloom 1995, Evaluation Review 19:547: (z_α + z_β) standard errors
 */
export function observe(tracks: readonly Track[], window: Span, options: ObserveOptions = {}): Observed {
  const unit = tracks[0] === undefined ? 'unknown' : trackUnit(tracks[0]);
  const nothing = { change: 0, mde: null, unit, baseline: null, peak: null } as const;
  if (tracks.length === 0) return { ...nothing, state: 'absent' };
  const alpha = options.alpha ?? 0.05;
  const aggregate = options.aggregate ?? 'max';
  const each = aggregate === 'max' ? 1 - Math.pow(1 - alpha, 1 / tracks.length) : alpha;
  const views = tracks.map((track) => viewOf(track, window, { ...options, alpha: each }));
  const view = aggregate === 'max' ? mostChanged(views) : added(views, aggregate === 'mean', options);
  const state =
    view.up < each && view.up <= view.down
      ? 'up'
      : view.down < each
        ? 'down'
        : view.mde === null || view.mde > (options.relevant ?? Infinity)
          ? 'blind'
          : 'flat';
  const k = aggregate === 'max' ? views.length : 1;
  const p = Math.min(1, k * Math.min(view.up, view.down));
  return {
    change: view.change,
    mde: state === 'blind' ? null : view.mde,
    unit,
    state,
    baseline: view.baseline,
    peak: view.peak,
    p,
    ...(view.ceiling === null ? {} : { ceiling: view.ceiling }),
  };
}

/** The view with the most significant change; when none is, the least sensitive one speaks for all. */
function mostChanged(views: readonly View[]): View {
  const p = (view: View): number => Math.min(view.up, view.down);
  const best = views.reduce((a, b) => (p(b) < p(a) ? b : a));
  const mde = views.some((view) => view.mde === null) ? null : Math.max(...views.map((view) => view.mde!));
  const ceiling = views.some((view) => view.ceiling === null) ? null : Math.max(...views.map((view) => view.ceiling!));
  // one pod that could not be seen keeps the whole from being called flat, but not from having changed
  return { ...best, mde, ceiling };
}

function added(views: readonly View[], mean: boolean, options: ObserveOptions): View {
  if (views.some((view) => view.mde === null)) return BLIND;
  const k = mean ? views.length : 1;
  const units = distances(options);
  const sum = (pick: (view: View) => number): number => views.reduce((s, view) => s + pick(view), 0);
  const change = sum((view) => view.change) / k;
  const mde = Math.sqrt(sum((view) => view.mde! ** 2)) / k;
  const z = mde > 0 ? change / (mde / units) : 0;
  return {
    change,
    mde,
    baseline: sum((view) => view.baseline ?? 0) / k,
    peak: sum((view) => view.peak ?? 0) / k,
    up: upperTail(z),
    down: upperTail(-z),
    ceiling: views.some((view) => view.ceiling === null) ? null : sum((view) => view.ceiling!) / k,
  };
}

/** z_α + z_β. */
function distances(options: ObserveOptions): number {
  return scoreOf(options.alpha ?? 0.05) + scoreOf(1 - (options.power ?? 0.95));
}

interface Split {
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/** Sample indices within the window, and those of ordinary times. */
function split(track: Track, window: Span, options: ObserveOptions): Split {
  const { time, from, value } = track;
  const tail = smoothingOf(track);
  const guard = Math.max(track.step, 0.5 * (window.to - window.from));
  const warmUp = (time[0] ?? 0) + (tail > track.step ? tail - track.step : 0);
  const inside: number[] = [];
  const outside: number[] = [];
  for (let i = 0; i < time.length; i++) {
    if (!Number.isFinite(value[i]!)) continue;
    const t = time[i]!;
    const begin = tail > 0 ? t - track.step : from[i]!;
    if (begin < window.to + tail && t >= window.from && (begin < t || t <= window.to)) inside.push(i);
    else if (options.reference !== undefined) {
      if (from[i]! >= options.reference.from && t <= options.reference.to) outside.push(i);
    } else if (
      t >= warmUp &&
      (t < window.from - guard || from[i]! > window.to + guard + tail) &&
      !(options.exclude ?? []).some((x) => t >= x.from - guard && from[i]! <= x.to + guard + tail)
    )
      outside.push(i);
  }
  return { inside, outside };
}

/** Fewer ordinary samples than this say nothing of their scatter. */
const LEAST_REFERENCE = 3;

function viewOf(track: Track, window: Span, options: ObserveOptions): View {
  const parts = split(track, window, options);
  const lasting = Math.max(1, Math.min(options.eventLength ?? Infinity, window.to - window.from));
  const ceiling = ceilingOf(track, window, parts.inside, lasting);
  if (parts.inside.length === 0 || parts.outside.length < LEAST_REFERENCE) return { ...BLIND, ceiling };
  // a level read every T ms misses an event of d ms with probability 1 − d/T
  const unseen =
    track.series.kind === 'gauge' && lasting < track.step * parts.inside.length * 0.95 && lasting < track.step;
  const view =
    track.law === 'count' && track.count !== undefined
      ? countView(track, track.count, parts, lasting, options)
      : levelView(track, parts, lasting, options);
  return { ...view, ceiling, ...(unseen ? { mde: null } : {}) };
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

function levelView(track: Track, parts: Split, lasting: number, options: ObserveOptions): Omit<View, 'ceiling'> {
  const reference = Float64Array.from(parts.outside, (i) => track.value[i]!).sort();
  const inside = parts.inside.map((i) => track.value[i]!);
  const n = inside.length;
  const law = levelLaw(reference, { quantum: quantumOf(track, Float64Array.of(...reference, ...inside)) });
  const scores = Float64Array.from(parts.outside, (i) => law.score(track.value[i]!));
  const acf = memoryOf(track, scores);
  // error of the mean of the window and of the mean of the reference, in units of one sample's scatter
  const error = Math.sqrt(sumVariance(n, acf) / n ** 2 + sumVariance(reference.length, acf) / reference.length ** 2);
  const baseline = trimmedMean(reference);
  const dilution = track.series.kind === 'gauge' ? 1 : diluted(track, parts.inside, lasting);
  const change = (inside.reduce((s, v) => s + v, 0) / n - baseline) * dilution;
  const z = inside.reduce((s, v) => s + law.score(v), 0) / n / error;
  const all = inside.map((v) => law.score(v));
  const strongest = Math.max(...all);
  const weakest = Math.min(...all);
  const need = distances(options) * error;
  const sign = options.direction === 'down' ? -1 : 1;
  const mde = Math.abs(valueAt(law.score, law.center, sign * need, Math.max(law.scale, Number.MIN_VALUE)) - law.center);
  return {
    change,
    mde: Number.isFinite(mde) ? mde * dilution : null,
    baseline,
    peak: sign > 0 ? Math.max(...inside) : Math.min(...inside),
    up: Math.min(1, 2 * Math.min(upperTail(z), Math.min(1, n * upperTail(strongest)))),
    down: Math.min(1, 2 * Math.min(upperTail(-z), Math.min(1, n * upperTail(-weakest)))),
  };
}

/** How much an event is thinned by intervals that reach beyond it. */
function diluted(track: Track, inside: readonly number[], lasting: number): number {
  let covered = 0;
  for (const i of inside) {
    covered += smoothingOf(track) > 0 ? track.step : track.time[i]! - track.from[i]!;
  }
  return Math.max(1, covered / lasting);
}

function memoryOf(track: Track, scores: Float64Array): number[] {
  const own = scoreMemory(scores, new Uint8Array(scores.length).fill(1));
  const tail = smoothingOf(track);
  const length = Math.max(own.length, track.step > 0 ? Math.ceil(tail / track.step) - 1 : 0);
  return Array.from({ length: Math.max(0, length) }, (_, k) =>
    Math.max(own[k] ?? 0, tail > 0 ? 1 - ((k + 1) * track.step) / tail : 0),
  );
}

/** Mean of the middle 90 %: a baseline that one wild sample does not move. */
function trimmedMean(sorted: Float64Array): number {
  const cut = Math.floor(sorted.length * 0.05);
  const kept = sorted.subarray(cut, sorted.length - cut);
  return kept.reduce((s, v) => s + v, 0) / kept.length;
}

/** Value whose score is `wanted`, by bisection. */
function valueAt(score: (v: number) => number, center: number, wanted: number, scale: number): number {
  const sign = Math.sign(wanted) || 1;
  let far = scale;
  let tries = 0;
  while (Math.abs(score(center + sign * far)) < Math.abs(wanted) && tries++ < 200) far *= 2;
  if (tries >= 200) return Infinity;
  let near = 0;
  for (let i = 0; i < 50; i++) {
    const mid = (near + far) / 2;
    if (Math.abs(score(center + sign * mid)) < Math.abs(wanted)) near = mid;
    else far = mid;
  }
  return center + sign * far;
}

function countView(
  track: Track,
  counts: Float64Array,
  parts: Split,
  lasting: number,
  options: ObserveOptions,
): Omit<View, 'ceiling'> {
  const seconds = (i: number): number => (track.time[i]! - track.from[i]!) / 1000;
  const law = countLaw(
    parts.outside.map((i) => counts[i]!),
    parts.outside.map(seconds),
  );
  const events = parts.inside.reduce((s, i) => s + counts[i]!, 0);
  const exposure = parts.inside.reduce((s, i) => s + seconds(i), 0);
  const mean = law.rate * exposure;
  // uncertainty of the learnt rate widens the scatter of the prediction
  const phi = law.dispersion * (1 + exposure / Math.max(law.seconds, 1e-9));
  const careful = mean + (0.5 * law.dispersion * exposure) / law.seconds;
  const length = Math.min(exposure, lasting / 1000);
  const alpha = options.alpha ?? 0.05;
  const beta = 1 - (options.power ?? 0.95);
  const peak = Math.max(...parts.inside.map((i) => track.value[i]!));
  const mde = options.direction === 'down' ? fewest(mean, phi, alpha, beta) : most(careful, mean, phi, alpha, beta);
  return {
    change: (events - mean) / length,
    mde: mde === null ? null : mde / length,
    baseline: law.rate,
    peak,
    up: poissonUpper(events / phi, careful / phi),
    down: poissonLower(events / phi, mean / phi),
  };
}

/** Extra events that would be found with the wanted power. */
function most(careful: number, mean: number, phi: number, alpha: number, beta: number): number {
  let critical = Math.floor(careful) + 1;
  while (poissonUpper(critical / phi, careful / phi) >= alpha) critical += Math.max(1, Math.floor(critical / 64));
  let low = 0;
  let high = critical + 10 * phi + 10 * Math.sqrt(phi * (critical + 1));
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonUpper(critical / phi, (mean + mid) / phi) < 1 - beta) low = mid;
    else high = mid;
  }
  return high;
}

/** Missing events that would be found with the wanted power; null when even none at all would not be. */
function fewest(mean: number, phi: number, alpha: number, beta: number): number | null {
  if (poissonLower(0, mean / phi) >= alpha) return null;
  let low = 0;
  let high = mean;
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonLower(mid / phi, mean / phi) < alpha) low = mid;
    else high = mid;
  }
  const critical = low;
  let least = 0;
  let lost = mean;
  for (let i = 0; i < 60; i++) {
    const mid = (least + lost) / 2;
    if (poissonLower(critical / phi, (mean - mid) / phi) < 1 - beta) least = mid;
    else lost = mid;
  }
  return lost;
}

/** Sum of a counter over a window: how much of it there was, and how much more than ordinary. */
export interface Total {
  readonly total: number;
  readonly excess: number;
  /** How far `total` may be off because intervals reach over the edges of the window. */
  readonly uncertainty: number;
}

/**
 * How much of a counted quantity (e.g. seconds of throttling) fell into a window, for sufficiency checks.
 * Intervals at the edges count by their share; a smoothed rate counts until one smoothing window after the end.
 * @returns null when no sample speaks of the window
 */
export function totalOver(track: Track, window: Span): Total | null {
  const tail = smoothingOf(track);
  const seen = split(track, window, {});
  if (seen.inside.length === 0) return null;
  const reference = Float64Array.from(seen.outside, (i) => track.value[i]!).sort();
  const baseline = reference.length >= 4 ? trimmedMean(reference) : 0;
  let total = 0;
  let excess = 0;
  let uncertainty = 0;
  for (const i of seen.inside) {
    const begin = tail > 0 ? track.time[i]! - track.step : track.from[i]!;
    const length = (track.time[i]! - begin) / 1000;
    const overlap = Math.max(0, Math.min(track.time[i]!, window.to + tail) - Math.max(begin, window.from)) / 1000;
    total += track.value[i]! * overlap;
    excess += (track.value[i]! - baseline) * length;
    uncertainty += track.value[i]! * (length - overlap);
  }
  return { total, excess, uncertainty };
}
