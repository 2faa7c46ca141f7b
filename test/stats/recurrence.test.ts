import { describe, expect, it } from 'vitest';
import { recurrence } from '../../src/stats/recurrence.js';
import { seeded } from '../support/synth.js';

describe('recurrence', () => {
  it('gives the period with its error, also when occurrences were missed', () => {
    expect(recurrence([0, 60, 120, 181], 1)).toMatchObject({ missed: 0 });
    expect(recurrence([0, 60, 120, 181], 1)!.period).toBeCloseTo(60.3, 1);
    const gap = recurrence([5, 15, 25.2, 44.9, 55], 0.1)!;
    expect(gap.missed).toBe(1);
    expect(Math.abs(gap.period - 10)).toBeLessThan(3 * gap.error + 0.05);
    expect(gap.p).toBeLessThan(0.01);
  });

  it('takes occurrences at random for periodic no more often than it says', () => {
    for (const count of [3, 4, 6]) {
      const random = seeded(count);
      let alarms = 0;
      for (let run = 0; run < 4000; run++) {
        const at = Array.from({ length: count }, random).sort((a, b) => a - b);
        alarms += (recurrence(at, 1e-3)?.p ?? 1) <= 0.05 ? 1 : 0;
      }
      expect(alarms / 4000).toBeLessThanOrEqual(0.06);
    }
  });

  it('claims no more regularity than the sampling shows', () => {
    expect(recurrence([0, 60, 120, 180], 15)!.p).toBeGreaterThan(recurrence([0, 60, 120, 180], 1)!.p);
    expect(recurrence([0, 60], 1)).toBeNull();
    expect(recurrence([3, 3, 3], 1)).toBeNull();
  });
});
