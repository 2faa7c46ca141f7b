import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clue } from '../../src/causes/cause.js';
import { probabilities, UNKNOWN_WEIGHT, weightOf } from '../../src/evidence/weigh.js';
import type { Weighed } from '../../src/evidence/gather.js';
import { numaBalancing } from '../../src/causes/numa-balancing.js';

const weights = fc.array(fc.double({ min: -200, max: 200, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('probabilities', () => {
  it('add up to one and keep the order of the weights, however large', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 1, max: 4, noNaN: true }), (w, temperature) => {
        const p = probabilities(w, temperature);
        expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9);
        w.forEach((a, i) => w.forEach((b, j) => expect(a > b ? p[i]! >= p[j]! : true).toBe(true)));
      }),
    );
  });

  it('ten decibans are ten times likelier', () => {
    const [a, b] = probabilities([10, 0]);
    expect(a! / b!).toBeCloseTo(10, 9);
  });

  it('a higher temperature is never surer', () => {
    fc.assert(
      fc.property(weights, (w) => {
        expect(Math.max(...probabilities(w, 2))).toBeLessThanOrEqual(Math.max(...probabilities(w, 1)) + 1e-12);
      }),
    );
  });
});

describe('weightOf', () => {
  const clue = (id: string): Clue => ({
    id,
    expect: { kind: 'scope', is: 'dose' },
    says: '',
    ifSeen: 1,
    ifAbsent: -1,
    reason: '',
  });
  const weighed = (id: string, weight: number, shadowed?: boolean): Weighed => ({
    clue: clue(id),
    evidence: {
      clue: id,
      verdict: 'for',
      weight,
      signal: '',
      labels: {},
      observed: null,
      why: '',
      findings: [],
      sources: [],
      ...(shadowed ? { shadowed } : {}),
    },
  });

  it('adds what counts and leaves out what is shadowed', () => {
    expect(weightOf(numaBalancing, [weighed('a', 6), weighed('b', -2), weighed('c', 9, true)])).toBe(4);
  });

  it('a hypothesis without evidence stays below "unknown"', () => {
    expect(weightOf(numaBalancing, [])).toBeLessThan(UNKNOWN_WEIGHT);
  });
});
