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
 * Factors on the written weights, one per class and verdict, with the temperature of the probabilities and the weight
 * of "unknown cause". Fitted on recorded incidents by `test/bench/fit.ts` (held-out by case, drawn towards 1): few
 * numbers, so that they hold for incidents nobody has recorded yet.
 */
export const fitted = {
  temperature: 1,
  unknown: 5.6,
  seen: { mechanism: 1.13, precondition: 1, event: 1, flat: 1.04, symptom: 1.13, reading: 1.04, scope: 1 },
  absent: { mechanism: 1.04, precondition: 1, event: 1, flat: 0.96, symptom: 1.11, reading: 1, scope: 0.96 },
} as const satisfies {
  readonly temperature: number;
  readonly unknown: number;
  readonly seen: Readonly<Record<ClueClass, number>>;
  readonly absent: Readonly<Record<ClueClass, number>>;
};
