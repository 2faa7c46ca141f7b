import { recurrence, type Recurrence } from '../stats/recurrence.js';
import type { IncidentWindow } from '../types/incident-window.js';

/** Incidents that come back: a timer, a scanner, a job. */
export interface Recurring extends Recurrence {
  /** The incidents, earliest first. */
  readonly windows: readonly IncidentWindow[];
  /** How sure it is that the period is none of chance, 0 to 1. */
  readonly confidence: number;
}

/**
 * Incidents grouped by the period at which they recur, or null where they are too few (under three) or their distances
 * are no more alike than those of incidents at random.
 * @param windows - incidents of one dump, in any order
 * @param alpha - chance at which regularity is believed
 */
export function recurring(windows: readonly IncidentWindow[], alpha = 0.05): Recurring | null {
  const sorted = [...windows].sort((a, b) => a.from - b.from);
  const resolution = Math.max(1, ...sorted.map(({ uncertainty }) => uncertainty));
  const found = recurrence(
    sorted.map(({ from }) => from),
    resolution,
  );
  if (found === null || found.p > alpha) return null;
  return { ...found, windows: sorted, confidence: 1 - found.p };
}
