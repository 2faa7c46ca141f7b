import { describe, expect, it } from 'vitest';
import { periodicity } from '../../src/detectors/periodicity.js';
import { noise, track } from '../support/synth.js';

const STEP = 15_000;

function bursts(at: readonly number[], n: number, seed: number) {
  const random = noise(seed);
  const list = Array.from(
    { length: n },
    (_, i) => 50 + random.normal() + (at.some((t) => i >= t && i < t + 2) ? 25 : 0),
  );
  return track(list, { step: STEP });
}

describe('periodicity: truth', () => {
  it('finds the period of bursts within its resolution, also when one is missed', () => {
    for (const at of [
      [20, 80, 140, 200, 260],
      [20, 80, 200, 260, 320, 380],
    ]) {
      const [found] = periodicity.detect(bursts(at, 420, 1));
      expect(found, at.join()).toBeDefined();
      expect(Math.abs(found!.period! - 60 * STEP)).toBeLessThanOrEqual(STEP);
      expect(found!.p).toBeLessThan(0.01);
    }
  });

  it('finds none in bursts at random', () => {
    let found = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = noise(seed);
      const at = Array.from({ length: 6 }, () => 10 + Math.floor(random.uniform() * 380)).sort((a, b) => a - b);
      found += periodicity.detect(bursts(at, 420, seed)).length;
    }
    expect(found).toBeLessThanOrEqual(2);
  });
});
