import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biweightLevels } from '../../src/stats/biweight-levels.js';
import { noise } from '../support/synth.js';

/** The same objective by brute force: best cost over all segmentations, levels from a fine grid. */
function bruteCost(y: readonly number[], limit: number, penalty: number, cuts: readonly number[]): number {
  const edges = [0, ...cuts, y.length];
  let total = penalty * cuts.length;
  for (let s = 0; s + 1 < edges.length; s++) {
    let best = Infinity;
    for (let theta = Math.min(...y); theta <= Math.max(...y) + 1e-9; theta += 0.02) {
      let cost = 0;
      for (let i = edges[s]!; i < edges[s + 1]!; i++) cost += Math.min((y[i]! - theta) ** 2, limit ** 2);
      best = Math.min(best, cost);
    }
    total += best;
  }
  return total;
}

describe('biweightLevels', () => {
  it('has the least cost of all segmentations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (seed) => {
        const random = noise(seed);
        const y = Array.from({ length: 14 }, (_, i) => Math.round(100 * (random.normal() + (i >= 7 ? 3 : 0))) / 100);
        const penalty = 20;
        const { cuts } = biweightLevels(Float64Array.from(y), { penalty, minSegment: 1 });
        // the search works in units of its own noise estimate: recover it from a second run is not needed, for the cost of
        // its answer may not exceed that of any single cut or none by more than the grid allows at that scale
        const scale = scaleOf(y);
        const z = y.map((v) => v / scale);
        const mine = bruteCost(z, 3, penalty, cuts);
        expect(mine).toBeLessThanOrEqual(bruteCost(z, 3, penalty, []) + 0.05);
        for (let cut = 1; cut < y.length; cut++)
          expect(mine).toBeLessThanOrEqual(bruteCost(z, 3, penalty, [cut]) + 0.05);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  it('does not follow outliers and transients, and finds the level that stays', () => {
    let hit = 0;
    let extra = 0;
    for (let seed = 0; seed < 40; seed++) {
      const random = noise(seed);
      const y = Float64Array.from(
        { length: 300 },
        (_, i) => 1e9 + random.normal() + (i >= 150 ? 3 : 0) + (i % 40 === 0 ? 500 : 0) + (i >= 60 && i < 63 ? 30 : 0),
      );
      const { cuts, levels } = biweightLevels(y);
      hit += cuts.some((cut) => Math.abs(cut - 150) <= 3) ? 1 : 0;
      extra += cuts.length - 1;
      expect(levels).toHaveLength(cuts.length + 1);
    }
    expect(hit).toBeGreaterThanOrEqual(38);
    expect(extra).toBeLessThanOrEqual(2);
  });

  it('is quiet in autocorrelated noise', () => {
    let loud = 0;
    for (let seed = 0; seed < 40; seed++) {
      const random = noise(seed);
      let x = 0;
      loud +=
        biweightLevels(Float64Array.from({ length: 400 }, () => (x = 0.8 * x + random.normal()))).cuts.length > 0
          ? 1
          : 0;
    }
    expect(loud).toBeLessThanOrEqual(4);
  });

  it('follows a series without noise exactly', () => {
    const steps = Float64Array.from({ length: 90 }, (_, i) => (i < 30 ? 1 : i < 60 ? 5 : 2));
    expect(biweightLevels(steps)).toEqual({ cuts: [30, 60], levels: [1, 5, 2] });
    expect(biweightLevels(new Float64Array(9).fill(4))).toEqual({ cuts: [], levels: [4] });
    expect(biweightLevels(new Float64Array(0))).toEqual({ cuts: [], levels: [] });
  });
});

/** The noise estimate of the method, as its documentation states it. */
function scaleOf(y: readonly number[]): number {
  const spread = (lag: number) => {
    const size = Array.from({ length: y.length - lag }, (_, i) => Math.abs(y[i + lag]! - y[i]!)).sort((a, b) => a - b);
    return 1.4826 * ((size[(size.length - 1) >> 1]! + size[size.length >> 1]!) / 2);
  };
  const one = spread(1);
  let rho = 0;
  for (const lag of [2, 4, 8]) {
    const ratio = (spread(lag) / one) ** 2;
    let low = 0;
    let high = 0.95;
    for (let k = 0; k < 40; k++) {
      const middle = (low + high) / 2;
      if ((1 - middle ** lag) / (1 - middle) < ratio) low = middle;
      else high = middle;
    }
    rho = Math.max(rho, low);
  }
  return one / Math.sqrt(2 * (1 - rho));
}
