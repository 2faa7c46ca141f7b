import { describe, expect, it } from 'vitest';
import { suspects } from '../../src/notebook/parts/suspects.js';
import type { Evidence, Hypothesis } from '../../src/types/diagnosis.js';

const clue = (weight: number, shadowed = false): Evidence =>
  ({ clue: 'x', verdict: weight > 0 ? 'for' : 'against', weight, shadowed }) as unknown as Evidence;
const cause = (name: string, evidence: Evidence[], verdict = 'excluded', coverage = 0.5): Hypothesis =>
  ({ cause: name, verdict, coverage, evidence }) as unknown as Hypothesis;

describe('suspects', () => {
  it('are the excluded causes, those first that most speaks for besides, then those that could be tested best', () => {
    const order = suspects([
      cause('nothing speaks for it', [clue(-60)]),
      cause('seldom tested', [clue(-12)], 'excluded', 0.1),
      cause('not excluded', [clue(20)], 'possible'),
      cause('counted once', [clue(3), clue(30, true), clue(-12)]),
      cause('looked like it', [clue(4), clue(2), clue(-16)]),
    ]).map((h) => h.cause);
    expect(order).toEqual(['looked like it', 'counted once', 'nothing speaks for it', 'seldom tested']);
  });
});
