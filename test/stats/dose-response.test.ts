import { describe, expect, it } from 'vitest';
import { doseResponse } from '../../src/stats/dose-response.js';
import { noise } from '../support/synth.js';

describe('dose–response', () => {
  it('is related where harm grows with load, and exact', () => {
    expect(doseResponse([10, 20, 40, 80, 160], [0, 1, 2, 5, 9])).toEqual({
      verdict: 'related',
      tau: 1,
      p: 2 / 120,
      n: 5,
      least: 2 / 120,
    });
    expect(doseResponse([10, 20, 40, 80, 160], [3, 1, 4, 1.5, 2]).verdict).toBe('not-shown');
  });

  it('refuses what no order of the values could show', () => {
    expect(doseResponse([1, 2, 3, 4], [1, 2, 3, 4])).toMatchObject({
      verdict: 'refused',
      reason: 'too-few',
      least: 2 / 24,
    });
    // one of five hit: the best order still has p = 2/5
    expect(doseResponse([1, 2, 3, 4, 5], [0, 0, 0, 0, 9])).toMatchObject({ verdict: 'refused', reason: 'too-few' });
    expect(doseResponse([1, 2, 3, 4, 5], [7, 7, 7, 7, 7])).toMatchObject({
      verdict: 'refused',
      reason: 'no-variation',
    });
    expect(doseResponse([], []).verdict).toBe('refused');
    expect(doseResponse([1, 2, NaN, 4, 5], [1, 2, 3, 4, 5])).toMatchObject({ verdict: 'refused', n: 4 });
  });

  it('calls unrelated pods related in at most 5 %', () => {
    for (const n of [5, 6, 8, 20]) {
      let related = 0;
      for (let seed = 1; seed <= 400; seed++) {
        const random = noise(seed * 17 + n);
        const draw = () => Array.from({ length: n }, () => random.normal());
        if (doseResponse(draw(), draw()).verdict === 'related') related++;
        if (n > 6 && seed >= 100) break;
      }
      expect(related, `${n} pods`).toBeLessThanOrEqual(n > 6 ? 10 : 33);
    }
  });
});
