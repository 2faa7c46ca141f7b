import { trackUnit } from '../stats/finding.js';
import { smoothingOf } from '../stats/samples.js';
import type { Track } from '../types/track.js';
import type { Milliseconds, Unit } from '../types/units.js';
import { split, viewOf, type Limits, type Span, type View } from './views.js';

/** What is asked of a stretch of time in which nothing seems to have happened. */
export interface AbsenceQuestion {
  /** Smallest change that matters, in the unit of the series (per second for counters). */
  readonly relevant: number;
  /** How long the change would have lasted, ms; default: as long as the window. A shorter one is looked for everywhere in it. */
  readonly eventLength?: Milliseconds;
  /** Which changes matter; default both. */
  readonly direction?: 'up' | 'down' | 'both';
  /** Chance at which a change of `relevant` may be called flat, and a quiet series changed (default 0.05). */
  readonly alpha?: number;
  /** Power that `mde` is stated for (default 0.95). */
  readonly power?: number;
  /** Ordinary times; default: everything well outside the window and outside `exclude`. */
  readonly reference?: Span;
  /** Further stretches that are not ordinary. */
  readonly exclude?: readonly Span[];
}

/** What the absence of a change is worth. */
export interface Absence {
  /**
   * `flat`: no change of a size that matters can have been there. `changed`: there was one. `blind`: there are samples, but
   * they do not tell. `not-collected`: no sample speaks of the window.
   */
  readonly state: 'flat' | 'changed' | 'blind' | 'not-collected';
  /**
   * Why it is blind: `insensitive` (a change that matters could hide in the noise), `unseen` (a change of this length fits
   * between two samples), or `no-reference` (too few samples of ordinary times).
   */
  readonly reason?: 'insensitive' | 'unseen' | 'no-reference';
  /** Least and largest change the samples are compatible with, at any place of the window; null when nothing is known. */
  readonly limits: Limits | null;
  /** Smallest change that would have been found with the stated power; null when none would. */
  readonly mde: number | null;
  /** Change where the samples depart most. */
  readonly change: number | null;
  readonly baseline: number | null;
  readonly unit: Unit;
  /** Samples that speak of the window. */
  readonly samples: number;
}

/**
 * Whether a series did nothing that matters in a window, could not have shown it, or was not collected.
 *
 * `flat` is the outcome of an equivalence test: the whole confidence interval of the change, allowing for autocorrelation,
 * for the scatter and the error of the baseline and for intervals that are longer than the event, lies within
 * ±`relevant`. Of an event shorter than the window every place it can have is tested.
 * @param track - null where the series does not exist
 * @returns in `limits`, `mde` and `change` the unit of the series, per second for counters
 * @throws RangeError unless `relevant` is positive and the window ends after it begins
 * @remarks two one-sided tests: Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657; over places by intersection–union
 *   (Berger 1982, Technometrics 24:295), which needs no correction. A change of `relevant` is called flat in at most
 *   `alpha` of all cases (`npm run bench:detect` measures it). Cost: places × samples.
 */
export function absence(track: Track | null, window: Span, question: AbsenceQuestion): Absence {
  check(window, question);
  const unit = track === null ? 'unknown' : trackUnit(track);
  const nothing = { limits: null, mde: null, change: null, baseline: null, unit } as const;
  const inside = track === null ? [] : split(track, window, {}).inside;
  if (track === null || inside.length === 0) return { ...nothing, state: 'not-collected', samples: 0 };
  const samples = inside.length;
  const length = Math.min(question.eventLength ?? Infinity, window.to - window.from);
  if (hides(track, window, inside, length)) return { ...nothing, state: 'blind', reason: 'unseen', samples };
  const seen = lookedAt(track, window, placesOf(track, window, inside, length), { ...question, eventLength: length });
  return seen === null
    ? { ...nothing, state: 'blind', reason: 'no-reference', samples }
    : { ...seen.known, unit, samples, ...verdict(seen, question) };
}

function check(window: Span, { relevant }: AbsenceQuestion): void {
  if (!(relevant > 0)) throw new RangeError(`absence: expected relevant > 0, found ${relevant}`);
  if (!(window.to > window.from))
    throw new RangeError(`absence: expected a window that ends after ${window.from}, found ${window.to}`);
}

/** What all places of a window say together. */
interface Seen {
  readonly known: Pick<Absence, 'mde' | 'change' | 'baseline'> & { readonly limits: Limits };
  /** Whether a change is certain somewhere. */
  readonly certain: boolean;
}

function lookedAt(track: Track, window: Span, places: readonly Span[], question: AbsenceQuestion): Seen | null {
  const { alpha = 0.05, direction = 'both', exclude = [] } = question;
  const sides = direction === 'both' ? (['up', 'down'] as const) : [direction];
  const asked = { ...question, exclude: [window, ...exclude] };
  const viewsAt = (side: 'up' | 'down', error: number): View[] =>
    places.map((place) => viewOf(track, place, { ...asked, direction: side, alpha: error }));
  const views = viewsAt('up', alpha);
  const limits = enclosing(views);
  if (limits === null) return null;
  // a change is looked for at every place and on every side; that there was none is said of all of them at once
  const share = alpha / places.length / sides.length;
  const sizes = sides.flatMap((side) => viewsAt(side, share).map(({ mde }) => mde ?? Infinity));
  const mde = Math.max(...sizes);
  const p = (view: View): number => Math.min(...sides.map((side) => view[side]));
  const most = views.reduce((a, b) => (p(b) < p(a) ? b : a));
  return {
    known: { limits, mde: Number.isFinite(mde) ? mde : null, change: most.change, baseline: most.baseline },
    certain: p(most) < share,
  };
}

function verdict({ known, certain }: Seen, question: AbsenceQuestion): Pick<Absence, 'state' | 'reason'> {
  const { relevant, direction = 'both' } = question;
  const [low, high] = known.limits;
  if ((direction === 'down' || high <= relevant) && (direction === 'up' || low >= -relevant)) return { state: 'flat' };
  return certain ? { state: 'changed' } : { state: 'blind', reason: 'insensitive' };
}

/** Lowest and highest limit of all places; null where one of them says nothing. */
function enclosing(views: readonly View[]): Limits | null {
  let low = Infinity;
  let high = -Infinity;
  for (const { limits } of views) {
    if (limits === null) return null;
    const [least, most] = limits();
    low = Math.min(low, least);
    high = Math.max(high, most);
  }
  return [low, high];
}

/** Whether an event of a length fits into a stretch of the window of which no sample speaks. */
function hides(track: Track, window: Span, inside: readonly number[], length: Milliseconds): boolean {
  const instants = track.series.kind === 'gauge' && smoothingOf(track) === 0;
  let seen = window.from;
  let longest = 0;
  for (const i of inside) {
    longest = Math.max(longest, (instants ? track.time[i]! : track.from[i]!) - seen);
    seen = Math.max(seen, track.time[i]!);
  }
  longest = Math.max(longest, window.to - seen);
  // intervals tell of all that lies in them, instants of nothing beside them
  return instants ? longest > length : longest >= length;
}

/**
 * Where an event of a length can lie: one stretch from each sample on, as many samples long as it is sure to cover; of
 * intervals, from their middle, so that it is thinned as much as it can be.
 */
function placesOf(track: Track, window: Span, inside: readonly number[], length: Milliseconds): Span[] {
  if (length >= window.to - window.from) return [window];
  const { step, time } = track;
  if (track.series.kind === 'gauge') {
    const covered = Math.max(1, Math.floor(length / step)) * step;
    const places = inside
      .map((i) => ({ from: time[i]! - 0.01 * step, to: time[i]! + covered - 0.02 * step }))
      .filter(({ to }) => to <= window.to + 0.5 * step);
    return places.length > 0 ? places : [window];
  }
  const places: Span[] = [];
  for (const i of inside) {
    const begin = Math.max(window.from, (smoothingOf(track) > 0 ? time[i]! - step : track.from[i]!) + step / 2);
    if (begin + length <= window.to) places.push({ from: begin, to: begin + length });
  }
  return places.length > 0 ? places : [{ from: window.from, to: window.from + length }];
}
