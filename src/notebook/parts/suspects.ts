import type { Hypothesis } from '../../types/diagnosis.js';

/**
 * Excluded causes in the order in which a reader would ask for them: first those that much speaks for besides, then those
 * that the dump could test best.
 */
export function suspects(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  return hypotheses
    .filter(({ verdict }) => verdict === 'excluded')
    .sort((a, b) => looks(b) - looks(a) || b.coverage - a.coverage || (a.cause < b.cause ? -1 : 1));
}

/** Decibans that speak for a cause. */
function looks({ evidence }: Hypothesis): number {
  return evidence.reduce((sum, e) => sum + (e.shadowed === true ? 0 : Math.max(0, e.weight)), 0);
}
