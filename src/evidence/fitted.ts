import type { Clue } from '../causes/cause.js';

/** Classes of clues whose weights share one factor. */
export type ClueClass = 'mechanism' | 'precondition' | 'event' | 'flat' | 'symptom' | 'reading' | 'scope';

/** The class of a clue follows from its role and the kind of its expectation. */
export function classOf(clue: Clue): ClueClass {
  if (clue.role === 'mechanism') return 'mechanism';
  if (clue.role === 'precondition') return 'precondition';
  switch (clue.expect.kind) {
    case 'event':
      return 'event';
    case 'flat':
      return 'flat';
    case 'reading':
      return 'reading';
    case 'scope':
    case 'leads':
      return 'scope';
    case 'fact':
    case 'lifetime':
      return 'precondition';
    default:
      return 'symptom';
  }
}

/**
 * Factors on the written weights, one per class for what speaks for a cause and for what speaks against it, with the
 * temperature of the probabilities and the weight of "unknown cause". Fitted on recorded incidents by `test/bench/fit.ts`
 * (held-out by case, drawn towards 1): few numbers, so that they hold for incidents nobody has recorded yet. Half way
 * from the written weights to the fit, which takes more than simulated incidents bear out. The temperature is kept at 1, so that ten decibans are
 * what they are said to be; what speaks against a cause stays as written, so that nothing is excluded by a fit.
 */
export const fitted = {
  temperature: 1,
  unknown: 5.6,
  for: { mechanism: 1.2, precondition: 1, event: 1, flat: 1.15, symptom: 1.3, reading: 1.04, scope: 1 },
  against: { mechanism: 1.04, precondition: 1, event: 1, flat: 0.96, symptom: 1.04, reading: 1, scope: 1 },
} as const satisfies {
  readonly temperature: number;
  readonly unknown: number;
  readonly for: Readonly<Record<ClueClass, number>>;
  readonly against: Readonly<Record<ClueClass, number>>;
};
