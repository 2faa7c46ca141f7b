import type { Cause } from '../causes/cause.js';
import type { Decibans, Ratio } from '../types/units.js';
import { fitted } from './fitted.js';
import type { Weighed } from './gather.js';

/** Weight of "unknown cause": what a hypothesis without any evidence must beat. */
export const UNKNOWN_WEIGHT: Decibans = fitted.unknown;

/** Sum of the evidence that counts, plus the prior. */
export function weightOf(cause: Cause, weighed: readonly Weighed[]): Decibans {
  const evidence = weighed.reduce((sum, { evidence: e }) => (e.shadowed === true ? sum : sum + e.weight), 0);
  return evidence + (cause.prior?.weight ?? 0);
}

/**
 * Probabilities from weights: odds 10^(w/10), normalised over all hypotheses including "unknown". `temperature` above
 * one flattens them: clues of one incident are never fully independent (Guo et al. 2017, "On calibration").
 */
export function probabilities(weights: readonly Decibans[], temperature = 1): readonly Ratio[] {
  const top = weights.reduce((high, weight) => Math.max(high, weight), -Infinity);
  const odds = weights.map((weight) => 10 ** ((weight - top) / (10 * temperature)));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return odds.map((odd) => odd / total);
}
