import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../src/stats/decimate.js';
import { ticks, timeTicks } from '../../src/stats/ticks.js';

describe('decimate', () => {
  it('keeps lowest, highest, first and last, in order, within the limit', () => {
    const series = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(NaN)), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 8, max: 60 }), (values, limit) => {
        const time = Float64Array.from(values, (_, i) => i * i);
        const value = Float64Array.from(values);
        const kept = decimate(time, value, limit);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 5));
        for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeGreaterThan(kept[i - 1]!);
        const real = values.filter((v) => !Number.isNaN(v));
        const chosen = Array.from(kept, (i) => value[i]!).filter((v) => !Number.isNaN(v));
        if (real.length > 0) {
          expect(Math.max(...chosen)).toBe(Math.max(...real));
          expect(Math.min(...chosen)).toBe(Math.min(...real));
          expect(chosen[0]).toBe(real[0]);
          expect(chosen.at(-1)).toBe(real.at(-1));
        }
      }),
    );
  });

  it('keeps everything when there is room, and nothing of nothing', () => {
    expect(Array.from(decimate(Float64Array.of(1, 2), Float64Array.of(3, 4), 8))).toEqual([0, 1]);
    expect(decimate(new Float64Array(), new Float64Array(), 8)).toHaveLength(0);
  });
});

describe('ticks', () => {
  it('are round, within the span, and few', () => {
    expect(ticks(0, 100, 4)).toEqual([0, 50, 100]);
    expect(ticks(0, 4096, 3, 1024)).toEqual([0, 2048, 4096]);
    expect(ticks(5, 5, 4)).toEqual([5]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
        (from, width) => {
          const found = ticks(from, from + width, 4);
          expect(found.length).toBeLessThanOrEqual(7);
          for (const tick of found)
            expect(tick).toBeLessThanOrEqual(from + width + width * 1e-6 + Math.abs(from) * 1e-12);
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('end where numbers are too large for steps between them', () => {
    expect(ticks(-1e12, -1e12 + 2e-4, 4)).toEqual([-1e12]);
    expect(ticks(1e300, 1e300 * (1 + Number.EPSILON), 4)).toEqual([1e300]);
    expect(timeTicks(1e20, 1e20 + 32_768, 4)).toEqual([1e20]);
  });

  it('of time fall on round instants', () => {
    const start = Date.UTC(2026, 0, 1, 0, 0, 17);
    expect(timeTicks(start, start + 300_000, 5).every((t) => t % 60_000 === 0)).toBe(true);
    expect(timeTicks(0, 30 * 86_400_000, 6)).toHaveLength(7);
    expect(timeTicks(5, 5, 3)).toEqual([5]);
  });
});
