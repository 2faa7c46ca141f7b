import { trackUnit } from '../stats/finding.js';
import { upperTail } from '../stats/normal.js';
import { smoothingOf } from '../stats/samples.js';
import type { Observed } from '../types/diagnosis.js';
import type { Track } from '../types/track.js';
import type { Bounds } from './limits.js';
import { pooledView } from './pool.js';
import { BLIND, distances, split, trimmedMean, type ObserveOptions, type Span, type View } from './views.js';

export type { ObserveOptions, Span } from './views.js';

/** The smallest change that would have been seen; never below a change that was there and did not stand out. */
function stated(state: Observed['state'], { mde, change }: View): number | null {
  if (state === 'blind' || mde === null) return null;
  return state === 'flat' ? Math.max(mde, Math.abs(change)) : mde;
}

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
  const views = tracks.map((track) => pooledView(track, window, { ...options, alpha: each }));
  const view = aggregate === 'max' ? mostChanged(views) : added(views, aggregate === 'mean', options);
  const state = stateOf(view, each, options.relevant ?? Infinity);
  const k = aggregate === 'max' ? views.length : 1;
  const p = Math.min(1, k * Math.min(view.up, view.down));
  return {
    change: view.change,
    mde: stated(state, view),
    unit,
    state,
    baseline: view.baseline,
    peak: view.peak,
    p,
    ...(view.ceiling === null ? {} : { ceiling: view.ceiling }),
    ...(view.bounds === null ? {} : { limits: { low: finite(view.bounds.low), high: finite(view.bounds.high) } }),
    certain: view.certain,
  };
}

function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}

function stateOf(view: View, alpha: number, relevant: number): Observed['state'] {
  if (view.up < alpha && view.up <= view.down) return 'up';
  if (view.down < alpha) return 'down';
  return view.mde === null || view.mde > relevant ? 'blind' : 'flat';
}

/** The view with the most significant change; when none is, the least sensitive one speaks for all. */
function mostChanged(views: readonly View[]): View {
  const p = (view: View): number => Math.min(view.up, view.down);
  const best = views.reduce((a, b) => (p(b) < p(a) ? b : a));
  const mde = views.some((view) => view.mde === null) ? null : Math.max(...views.map((view) => view.mde!));
  const ceiling = views.some((view) => view.ceiling === null) ? null : Math.max(...views.map((view) => view.ceiling!));
  const bounds = views.some((view) => view.bounds === null) ? null : { low: Math.max(...views.map((view) => view.bounds!.low)), high: Math.max(...views.map((view) => view.bounds!.high)) }; // prettier-ignore
  // one pod that could not be seen keeps the whole from being called flat, but not from having changed
  return { ...best, mde, ceiling, bounds };
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
    limits: null,
    bounds: addedBounds(views, k),
    certain: Math.min(...views.map((view) => view.certain)),
  };
}

/** Bounds of a sum: errors add up as squares. */
function addedBounds(views: readonly View[], k: number): Bounds | null {
  if (views.some((view) => view.bounds === null)) return null;
  const reach = (side: keyof Bounds): number =>
    Math.sqrt(views.reduce((s, view) => s + (view.bounds![side] - view.change) ** 2, 0));
  const change = views.reduce((s, view) => s + view.change, 0);
  return { low: (change - reach('low')) / k, high: (change + reach('high')) / k };
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
