import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clue } from '../../src/causes/cause.js';
import type { Weighed } from '../../src/evidence/gather.js';
import { incidentVerdict, verdictOf } from '../../src/evidence/rank.js';

function weighed(verdict: 'for' | 'against' | 'unknown', role?: Clue['role']): Weighed {
  const clue: Clue = {
    id: 'c',
    expect: { kind: 'scope', is: 'dose' },
    says: '',
    ifSeen: 9,
    ifAbsent: -9,
    reason: '',
    ...(role ? { role } : {}),
  };
  const weight = { for: 9, against: -9, unknown: 0 }[verdict];
  return {
    clue,
    evidence: {
      clue: 'c',
      verdict,
      weight,
      signal: 's',
      labels: {},
      observed: null,
      why: '',
      findings: [],
      sources: [],
    },
  };
}

describe('verdictOf', () => {
  const grounds = { probability: 0.99, weight: 30, sufficient: true } as const;

  it('confirms nothing while something weighty seems to speak against it', () => {
    const leaning = (by: number): Weighed[] => [weighed('for', 'mechanism'), { ...weighed('unknown'), leaning: by }];
    expect(verdictOf({ ...grounds, weighed: leaning(-3) })).toBe('confirmed');
    expect(verdictOf({ ...grounds, weighed: leaning(-9) })).toBe('probable');
  });

  it('confirms only when a mechanism moved or a decisive event happened', () => {
    expect(verdictOf({ ...grounds, weighed: [weighed('for', 'mechanism')] })).toBe('confirmed');
    expect(verdictOf({ ...grounds, weighed: [weighed('for', 'decisive-event')] })).toBe('confirmed');
    expect(verdictOf({ ...grounds, weighed: [weighed('for', 'precondition')] })).toBe('probable');
    expect(verdictOf({ ...grounds, weighed: [weighed('for')] })).toBe('probable');
  });

  it('does not confirm what is not sufficient', () => {
    expect(verdictOf({ ...grounds, sufficient: false, weighed: [weighed('for', 'mechanism')] })).toBe('probable');
  });

  it('excludes only by a refuted mechanism or precondition', () => {
    const low = { probability: 0.001, weight: -40, sufficient: null };
    expect(verdictOf({ ...low, weighed: [weighed('against', 'mechanism')] })).toBe('excluded');
    expect(verdictOf({ ...low, weighed: [weighed('against', 'precondition')] })).toBe('excluded');
    expect(verdictOf({ ...low, weighed: [weighed('against')] })).toBe('possible');
    expect(verdictOf({ ...low, weighed: [weighed('against', 'mechanism'), weighed('for', 'mechanism')] })).toBe(
      'possible',
    );
  });

  it('never excludes for lack of data', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: 0, noNaN: true }), fc.integer({ min: 1, max: 9 }), (weight, n) => {
        const all = Array.from({ length: n }, () => weighed('unknown', 'mechanism'));
        expect(verdictOf({ probability: 0, weight, weighed: all, sufficient: null })).toBe('untested');
      }),
    );
  });
});

describe('incidentVerdict', () => {
  it('is inconclusive when nothing stands out, and benign for harmless causes', () => {
    expect(incidentVerdict({ cause: 'unknown', verdict: 'possible', probability: 0.9, benign: false })).toBe(
      'inconclusive',
    );
    expect(incidentVerdict({ cause: 'x', verdict: 'probable', probability: 0.2, benign: false })).toBe('inconclusive');
    expect(incidentVerdict({ cause: 'x', verdict: 'confirmed', probability: 0.95, benign: true })).toBe('benign');
    expect(incidentVerdict({ cause: 'x', verdict: 'confirmed', probability: 0.95, benign: false })).toBe('confirmed');
    expect(incidentVerdict({ cause: 'x', verdict: 'excluded', probability: 0.4, benign: false })).toBe('inconclusive');
  });
});
