import { describe, expect, it } from 'vitest';
import { compensationPair } from '../../src/stats/compensation-pair.js';
import { noise, track } from '../support/synth.js';

const counter = { kind: 'counter', unit: 'requests', step: 1000, start: 0 } as const;

/** Requests of two replicas; of the first, `share` is gone from 40 to 50 s, and the second gets `taken` of it `late` s later. */
function replicas(seed: number, share: number, taken: number, late = 0) {
  const random = noise(seed);
  const rate = (i: number, from: number, change: number): number =>
    random.poisson(60 * (i >= from && i < from + 10 ? 1 + change : 1));
  const first = Array.from({ length: 120 }, (_, i) => rate(i, 40, -share));
  const second = Array.from({ length: 120 }, (_, i) => rate(i, 40 + late, share * taken));
  return [track(first, counter), track(second, counter)] as const;
}

describe('compensation between two series', () => {
  it('finds what moved over, in both directions, with its balance and its delay', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const [a, b] = replicas(seed, 0.9, 1, 3);
      for (const [first, second, way] of [
        [a, b, 1],
        [b, a, -1],
      ] as const) {
        const [found, ...more] = compensationPair(first, second);
        expect(more).toEqual([]);
        expect(found!.first.direction).toBe(way > 0 ? 'down' : 'up');
        expect(found!.second.direction).toBe(way > 0 ? 'up' : 'down');
        expect(Math.abs(found!.delay - way * 3000)).toBeLessThanOrEqual(found!.delayError);
        expect(found!.balance).toBeGreaterThan(0.75);
        expect(found!.balance).toBeLessThan(1.3);
      }
    }
  });

  it('tells what is lost on the way', () => {
    const [found] = compensationPair(...replicas(3, 0.9, 0.5));
    expect(found!.balance).toBeGreaterThan(0.3);
    expect(found!.balance).toBeLessThan(0.7);
  });

  it('sees none where only one of them moves, or both move alike', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(compensationPair(...replicas(seed, 0.9, 0))).toEqual([]);
      expect(compensationPair(...replicas(seed, 0.9, -1))).toEqual([]);
      expect(compensationPair(...replicas(seed, 0, 0))).toEqual([]);
    }
  });
});
