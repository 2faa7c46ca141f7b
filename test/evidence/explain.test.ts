import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause, Clue } from '../../src/causes/cause.js';
import { explainAway } from '../../src/evidence/explain.js';
import { UNKNOWN_WEIGHT, weightOf } from '../../src/evidence/weigh.js';
import type { Weighed } from '../../src/evidence/gather.js';
import type { Evidence } from '../../src/types/diagnosis.js';

const causeOf = (id: string, explains?: readonly string[]): Cause => ({
  id,
  title: id,
  mechanism: id,
  chain: [id, id],
  clues: [{} as Clue],
  ...(explains && { explains }),
  next: [],
  remedies: [],
  references: [],
});

function clue(weight: number, role?: Clue['role'], shadowed = false): Weighed {
  const verdict: Evidence['verdict'] = weight > 0 ? 'for' : weight < 0 ? 'against' : 'unknown';
  const evidence = { clue: 'c', verdict, weight, signal: 's', labels: {}, observed: null, why: '', findings: [] };
  return {
    clue: { id: 'c', ...(role && { role }) } as Clue,
    evidence: { ...evidence, sources: [], ...(shadowed && { shadowed }) },
  };
}

const causes = [causeOf('place', ['loss']), causeOf('loss'), causeOf('other')];
const general = [clue(14, 'mechanism'), clue(4), clue(9, undefined, true), clue(-3)];

/** Weight that the general cause keeps when the special one has these clues. */
function left(...special: readonly Weighed[]): number {
  const [, loss] = explainAway(causes, [special, general, general]);
  return weightOf(causes[1]!, loss!);
}

describe('explaining away', () => {
  it('takes what a special cause explains from the general one, and only from it', () => {
    const [place, loss, other] = explainAway(causes, [[clue(30, 'mechanism')], general, general]);
    expect(weightOf(causes[0]!, place!)).toBe(30);
    expect(weightOf(causes[1]!, loss!)).toBeLessThan(UNKNOWN_WEIGHT);
    expect(weightOf(causes[2]!, other!)).toBe(15);
    expect(loss!.map(({ evidence }) => evidence.verdict)).toEqual(general.map(({ evidence }) => evidence.verdict));
  });

  it('leaves everything while the mechanism of the special cause is unseen or refuted', () => {
    expect(left(clue(30))).toBe(15);
    expect(left(clue(0, 'mechanism'), clue(30))).toBe(15);
    expect(left(clue(40, 'mechanism'), clue(-5, 'precondition'))).toBe(15);
  });

  it('takes half the odds when the special cause is as likely as none', () => {
    expect(left(clue(UNKNOWN_WEIGHT, 'mechanism'))).toBeCloseTo(15 - 10 * Math.log10(2), 0);
  });

  it('takes more the likelier the special cause is, and never turns evidence against', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (w, more) => {
          expect(left(clue(w + more, 'mechanism'))).toBeLessThanOrEqual(left(clue(w, 'mechanism')) + 0.11);
          expect(left(clue(w, 'mechanism'))).toBeGreaterThanOrEqual(-3.11);
        },
      ),
      { seed: 5 },
    );
  });
});
