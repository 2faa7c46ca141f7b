import type { Expectation } from '../causes/cause.js';
import type { Observed } from '../types/diagnosis.js';
import { each, look, together, type Look } from './look.js';
import { untold, type Outcome } from './outcome.js';
import { sameEntity, tracksAt, type Scene } from './scene.js';

type Of<K extends Expectation['kind']> = Extract<Expectation, { readonly kind: K }>;

/** Chance of a movement that may show at one sampling and not at another. */
const FAINT = 0.001;
/** How long before the first symptom a cause may have struck, in ms. */
const LEAD = 15_000;

/** Whether a signal moved as predicted on one of the entities, or on none of them by as much. */
export function changed({ signal, where, direction, atLeast, atLeastRatio }: Of<'change'>, scene: Scene): Outcome {
  const seen = look(scene, signal, where);
  if (seen === null) return untold(signal);
  const looks = each(scene, signal, where);
  const need = ({ observed }: Look): number | undefined => predicted(observed, atLeast, atLeastRatio);
  // pods that moved are not to be hidden by one that moved the other way
  const strongest = looks
    .filter((one) => one.observed.state === direction && Math.abs(one.observed.change) >= (need(one) ?? 0))
    .reduce<Look | null>(
      (best, one) => (best === null || (one.observed.p ?? 1) < (best.observed.p ?? 1) ? one : best),
      null,
    );
  if (strongest !== null) return { ...strongest, verdict: 'seen', faint: faintly(strongest.observed, need(strongest)) };
  const { observed } = seen;
  // where any movement counts, one event of a kind that never happened otherwise is one, however few samples there are
  const moved = direction === 'up' ? observed.change > 0 : observed.change < 0;
  if (need(seen) === undefined && moved && observed.baseline === 0) return { ...seen, verdict: 'seen' };
  const short = (one: Look): boolean => fellShort(one.observed, need(one), direction);
  const excused = (one: Look): boolean => looks.some((other) => sameEntity(one.labels, other.labels) && short(other));
  // small pods cannot show a change of their own, but they take nothing from that of all of them
  const absent = looks.every((one) => short(one) || excused(one)) || short(together(scene, signal, where));
  return {
    ...seen,
    verdict: absent && !(direction === 'up' && justBefore(scene, signal, where)) ? 'absent' : 'unknown',
  };
}

/** Whether another sampling might not show a movement, or not one of the size that is needed. */
function faintly({ p = 0, change, certain = 1 }: Observed, need = 0): boolean {
  return p > FAINT || Math.abs(change) * certain <= need;
}

/** Whether a signal stayed within its slack on all entities, or rose beyond it on one. */
export function stayed({ signal, where, atMost, atMostRatio }: Of<'flat'>, scene: Scene): Outcome {
  const seen = look(scene, signal, where);
  if (seen === null) return untold(signal);
  const looks = each(scene, signal, where);
  const slack = ({ observed }: Look): number => predicted(observed, atMost, atMostRatio) ?? 0;
  const above = looks.find(
    (one) => one.observed.state === 'up' && one.observed.change * (one.observed.certain ?? 1) > slack(one),
  );
  if (above !== undefined) return { ...above, verdict: 'absent' };
  if (looks.every((one) => within(one.observed, slack(one)))) return { ...seen, verdict: 'seen' };
  return { ...seen, faint: looks.some((one) => one.observed.state === 'up' && one.observed.change > slack(one)) };
}

/** Whether a change lies within a slack; the upper 95 % limit of it lies half a smallest detectable change above it. */
function within({ state, change, mde, ceiling }: Observed, slack: number): boolean {
  if ((ceiling ?? Infinity) <= slack) return true;
  return state !== 'blind' && state !== 'absent' && change + (mde ?? 0) / 2 <= slack;
}

/** The most the change can have been. */
function highest({ limits, ceiling }: Observed): number {
  return Math.min(limits?.high ?? Infinity, ceiling ?? Infinity);
}

/** The smallest change an expectation predicts, in the unit of the signal; undefined when any change would do. */
function predicted(observed: Observed, absolute?: number, ratio?: number): number | undefined {
  const relative = ratio === undefined || observed.baseline === null ? undefined : ratio * Math.abs(observed.baseline);
  if (absolute === undefined) return relative;
  return relative === undefined ? absolute : Math.max(absolute, relative);
}

/**
 * Whether a change as large as predicted cannot be reconciled with the data: their limit falls short of it. Without a
 * predicted size, whether nothing at all moved that way.
 */
function fellShort(observed: Observed, need: number | undefined, direction: 'up' | 'down'): boolean {
  const { limits, baseline, peak } = observed;
  if (need !== undefined) return direction === 'up' ? highest(observed) < need : (limits?.low ?? -Infinity) > -need;
  if (limits === undefined || baseline === null || peak === null) return false;
  return direction === 'up' ? peak <= baseline : peak >= baseline;
}

/** Whether something that is not counted otherwise was counted shortly before the window: what is felt comes later. */
function justBefore(scene: Scene, signal: string, where: Of<'change'>['where']): boolean {
  const { from, uncertainty } = scene.window;
  return tracksAt(scene, signal, where).some(({ time, count, step }) => {
    if (count === undefined) return false;
    const since = from - Math.max(LEAD, uncertainty, 2 * step);
    let early = false;
    for (let i = 0; i < time.length && time[i]! <= from + step; i++) {
      if (!(count[i]! > 0)) continue;
      if (time[i]! < since) return false;
      early = true;
    }
    return early;
  });
}
