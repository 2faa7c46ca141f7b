import { describe, expect, it } from 'vitest';
import { spreadChanges } from '../../src/stats/spread-changes.js';
import { noise } from '../support/synth.js';

describe('spreadChanges', () => {
  it('finds where a series becomes louder, not where it shifts', () => {
    let found = 0;
    let fooled = 0;
    for (let seed = 0; seed < 30; seed++) {
      const random = noise(seed);
      const louder = Float64Array.from({ length: 600 }, (_, i) => 1e6 + random.normal() * (i >= 300 ? 4 : 1));
      const change = spreadChanges(louder).find(({ at }) => Math.abs(at - 300) <= 25);
      if (change) {
        found++;
        expect(change.after / change.before).toBeGreaterThan(2);
      }
      fooled += spreadChanges(
        Float64Array.from({ length: 600 }, (_, i) => random.normal() + (i >= 200 ? 6 : 0)),
      ).length;
    }
    expect(found).toBeGreaterThanOrEqual(28);
    expect(fooled).toBeLessThanOrEqual(3);
  });

  it('is silent on constants and few samples', () => {
    expect(spreadChanges(new Float64Array(100).fill(2))).toEqual([]);
    expect(spreadChanges(Float64Array.of(1, 9, 1, 9))).toEqual([]);
  });
});
