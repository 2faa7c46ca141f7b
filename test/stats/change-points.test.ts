import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePoints } from '../../src/stats/change-points.js';
import { noise } from '../support/synth.js';

const series = (n: number, seed: number, make: (i: number, z: number) => number, phi = 0) => {
  const random = noise(seed);
  let x = 0;
  return Float64Array.from({ length: n }, (_, i) => make(i, (x = phi * x + random.normal())));
};

describe('changePoints', () => {
  it('is silent on nothing, a constant, missing or too few samples', () => {
    for (const none of [[], [1], [1, 2, 3], new Array<number>(50).fill(7), new Array<number>(50).fill(NaN)])
      expect(changePoints(Float64Array.from(none)).cuts).toEqual([]);
    expect(changePoints([]).cuts).toEqual([]);
  });

  it('keeps its cuts under offsets up to 10^12 and any unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 12, max: 90 }), (seed, n) => {
        const whole = series(n, seed, (i, z) => Math.round(20 * z) + (i > n / 2 ? 150 : 0));
        const { cuts } = changePoints(whole);
        for (const c of [1e12, -5e8]) expect(changePoints(whole.map((v) => v + c)).cuts).toEqual(cuts);
        for (const k of [2 ** -30, 4096]) expect(changePoints(whole.map((v) => v * k)).cuts).toEqual(cuts);
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  it('finds steps, under white and autocorrelated noise, and across a gap', () => {
    const step = series(300, 1, (i, z) => z + (i >= 100 ? 4 : 0) - (i >= 200 ? 7 : 0));
    const at = [...changePoints(step).cuts];
    expect(at).toHaveLength(2);
    expect(Math.abs(at[0]! - 100)).toBeLessThanOrEqual(2);
    expect(Math.abs(at[1]! - 200)).toBeLessThanOrEqual(2);
    const correlated = changePoints(series(400, 2, (i, z) => z + (i >= 250 ? 9 : 0), 0.6)).cuts;
    expect(correlated.some((cut) => Math.abs(cut - 250) <= 3)).toBe(true);
    const gaps = step.map((v, i) => (i > 40 && i < 55 ? NaN : v));
    expect(changePoints(gaps).cuts.map((cut) => Math.round(cut / 10))).toEqual([10, 20]);
  });

  it('marks one bend, no ripples, no outliers', () => {
    const bend = changePoints(series(240, 4, (i, z) => z + 0.5 * Math.max(0, i - 120)));
    expect(bend.law).toBe('line');
    expect(bend.cuts).toHaveLength(1);
    expect(Math.abs(bend.cuts[0]! - 120)).toBeLessThanOrEqual(8);
    const cycle = changePoints(
      series(360, 5, (i, z) => 10 * Math.sin((2 * Math.PI * i) / 12) + z + (i >= 180 ? 8 : 0)),
    );
    expect(cycle.period).toBe(12);
    expect(cycle.cuts).toHaveLength(1);
    expect(Math.abs(cycle.cuts[0]! - 180)).toBeLessThanOrEqual(3);
    expect(changePoints(series(300, 6, (i, z) => z + (i % 60 === 30 ? 40 : 0))).cuts).toEqual([]);
  });

  it('rarely marks anything in noise that does not change', () => {
    let marked = 0;
    for (const phi of [0, 0.5, 0.9, 1])
      for (let seed = 0; seed < 15; seed++)
        marked += changePoints(series(150, seed, (_, z) => z, phi)).cuts.length > 0 ? 1 : 0;
    expect(marked).toBeLessThanOrEqual(9);
  });

  it('adds up what several columns say of a common change', () => {
    let together = 0;
    let alone = 0;
    for (let seed = 0; seed < 12; seed++) {
      const columns = [0, 1, 2, 3].map((d) => series(160, 100 + 4 * seed + d, (i, z) => z + (i >= 80 ? 0.8 : 0)));
      const hit = (cuts: readonly number[]) => cuts.some((cut) => Math.abs(cut - 80) <= 8);
      together += hit(changePoints(columns).cuts) ? 1 : 0;
      alone += hit(changePoints(columns[0]!).cuts) ? 1 : 0;
    }
    expect(together).toBeGreaterThanOrEqual(11);
    expect(together).toBeGreaterThan(alone);
  });

  it('finds places of long series back at full resolution', () => {
    const { cuts } = changePoints(series(4000, 8, (i, z) => z + (i >= 2345 ? 5 : 0)));
    expect(cuts).toHaveLength(1);
    expect(Math.abs(cuts[0]! - 2345)).toBeLessThanOrEqual(2);
  });
});
