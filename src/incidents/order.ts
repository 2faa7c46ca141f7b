import type { Finding } from '../types/finding.js';
import type { Milliseconds } from '../types/units.js';

/** When something began, and the span in which that must lie. */
export interface Onset {
  readonly signal: string;
  readonly finding: string;
  readonly at: Milliseconds;
  readonly earliest: Milliseconds;
  readonly latest: Milliseconds;
}

/** What can be said of the order of two onsets. */
export type Order = 'before' | 'after' | 'together' | 'cannot tell';

/** Onsets of findings, earliest first. */
export function onsets(findings: readonly Finding[]): Onset[] {
  return findings
    .map(({ signal, id, from, uncertainty }) => ({
      signal,
      finding: id,
      at: from,
      earliest: from - uncertainty,
      latest: from + uncertainty,
    }))
    .sort((a, b) => a.at - b.at || (a.finding < b.finding ? -1 : 1));
}

/**
 * Whether `a` began before `b`.
 * @param resolution - differences up to this many ms count as together when the sampling could have shown them apart
 * @returns `cannot tell` when the spans in which the two onsets must lie overlap: at this sampling the order is open
 */
export function orderOf(a: Onset, b: Onset, resolution: Milliseconds = 0): Order {
  if (a.latest <= b.earliest && b.at - a.at > resolution) return 'before';
  if (b.latest <= a.earliest && a.at - b.at > resolution) return 'after';
  const widest = Math.max(a.latest, b.latest) - Math.min(a.earliest, b.earliest);
  return widest <= resolution ? 'together' : 'cannot tell';
}
