import { describe, expect, it } from 'vitest';
import { energyDivisive } from '../../src/stats/energy-divisive.js';
import { noise } from '../support/synth.js';

const normal = (n: number, seed: number, make: (i: number, z: number) => number, phi = 0) => {
  const random = noise(seed);
  let x = 0;
  return Float64Array.from({ length: n }, (_, i) => make(i, (x = phi * x + random.normal())));
};

describe('energyDivisive', () => {
  it('finds changes of level and of spread, and says how sure it is', () => {
    const [level] = energyDivisive([normal(120, 1, (i, z) => z + (i >= 70 ? 3 : 0))]);
    expect(Math.abs(level!.at - 70)).toBeLessThanOrEqual(3);
    expect(level!.p).toBeLessThanOrEqual(0.01);
    const spread = energyDivisive([normal(160, 2, (i, z) => (i >= 80 ? 5 : 1) * z)]);
    expect(spread.some(({ at }) => Math.abs(at - 80) <= 10)).toBe(true);
  });

  it('finds a change of the dependence between columns alone', () => {
    const a = normal(200, 3, (_, z) => z);
    const tied = a.map((v, i) => (i < 100 ? v : -v));
    const found = energyDivisive([a, tied]);
    expect(found.some(({ at }) => Math.abs(at - 100) <= 20)).toBe(true);
  });

  it('keeps its error rate under autocorrelation and the same answer every time', () => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++)
      alarms += energyDivisive([normal(90, 50 + seed, (_, z) => z, 0.5)], { permutations: 99 }).length > 0 ? 1 : 0;
    expect(alarms).toBeLessThanOrEqual(8);
    const one = normal(100, 9, (i, z) => z + (i > 50 ? 1 : 0));
    expect(energyDivisive([one])).toEqual(energyDivisive([one]));
    expect(energyDivisive([])).toEqual([]);
    expect(energyDivisive([new Float64Array(60).fill(3)])).toEqual([]);
  });
});
