import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observe } from '../../src/incidents/observe.js';
import { responseOf, shiftOf } from '../../src/incidents/response.js';
import { levelLaw } from '../../src/stats/level-law.js';
import { track } from '../support/synth.js';

const sortedOf = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

describe('responseOf', () => {
  it('is nothing without a shift, and the shift itself where scores are values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), fc.double({ min: -9, max: 9, noNaN: true }), (values, shift) => {
        for (const quantum of [0, 1]) {
          const response = responseOf((v) => v, sortedOf(values), quantum);
          expect(response(0)).toBe(0);
          expect(response(shift)).toBeCloseTo(shift, 9);
        }
      }),
    ); // prettier-ignore
  });

  it('grows with the shift, whatever the ordinary samples', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 8, maxLength: 60 }), (values) => {
        const sorted = sortedOf(values);
        const response = responseOf(levelLaw(sorted, { quantum: 1, effective: sorted.length }).score, sorted, 1);
        for (let size = 0; size < 12; size += 0.25)
          expect(response(size + 0.25)).toBeGreaterThanOrEqual(response(size) - 1e-9);
      }),
    );
  });

  it('a series that mostly rests needs more than nothing to move', () => {
    const sorted = sortedOf(Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 2 : 1)));
    const { score } = levelLaw(sorted, { quantum: 1, effective: 60 });
    const response = responseOf(score, sorted, 1);
    for (const wanted of [0.05, 0.1, 0.3]) {
      expect(shiftOf(response, wanted, 1)).toBeGreaterThan(0.01);
      expect(response(shiftOf(response, wanted, 1))).toBeCloseTo(wanted, 6);
    }
  });

  it('what cannot be reached takes an infinite shift', () => {
    expect(shiftOf(() => 0, 1, 1)).toBe(Infinity);
  });

  it('no level of whole numbers shows less than a hundredth of one', () => {
    const values = Array.from({ length: 400 }, (_, i) => 1 + ((i * 7) % 20 < 9 ? 1 : 0));
    const series = track(values, { kind: 'gauge', unit: 'tasks', step: 1000 });
    const [from, to] = [series.time[200]!, series.time[300]!];
    expect(observe([series], { from, to }).mde).toBeGreaterThan(0.01);
  });
});
