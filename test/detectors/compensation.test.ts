import { describe, expect, it } from 'vitest';
import { compensation } from '../../src/detectors/compensation.js';
import { checkDetector } from '../support/check-detector.js';
import { noise, track } from '../support/synth.js';

/** Events per second about a mean, with stretches replaced. */
function opens(
  mean: number,
  seconds: number,
  seed: number,
  parts: readonly [from: number, to: number, rate: number][],
): number[] {
  const random = noise(seed);
  return Array.from({ length: seconds }, (_, i) => {
    const part = parts.find(([from, to]) => i >= from && i < to);
    return part === undefined ? random.poisson(mean) : random.poisson(part[2]);
  });
}

const counter = { kind: 'counter', unit: 'connections', step: 1000, start: 0 } as const;

describe('compensation', () => {
  checkDetector(compensation);

  it('finds rise, plunge and rebound as one pattern although they do not balance', () => {
    const values = opens(5, 70, 1, [
      [26, 33, 80],
      [33, 38, 0],
      [38, 39, 80],
    ]);
    const found = compensation.detect(track(values, counter));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ direction: 'up' });
    expect(found[0]!.lobes!.map(({ direction }) => direction)).toEqual(['up', 'down', 'up']);
    const [rise, plunge] = found[0]!.lobes!;
    expect(Math.abs(rise!.from - 26_000)).toBeLessThanOrEqual(1000);
    expect(Math.abs(plunge!.from - 33_000)).toBeLessThanOrEqual(1000);
    expect(rise!.excess).toBeGreaterThan(400);
    expect(plunge!.excess).toBeLessThan(-15);
  });

  it('does not see one in a rise that merely ends', () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(compensation.detect(track(opens(5, 70, seed, [[26, 36, 80]]), counter)), `seed ${seed}`).toEqual([]);
  });

  it('finds a dip whose backlog comes after it', () => {
    const values = opens(100, 80, 2, [
      [30, 36, 4],
      [36, 39, 290],
    ]);
    const found = compensation.detect(track(values, counter));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ direction: 'down' });
    expect(found[0]!.lobes!.map(({ direction }) => direction)).toEqual(['down', 'up']);
  });

  it('does not see one in a dip that merely ends', () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(compensation.detect(track(opens(100, 80, seed, [[30, 36, 4]]), counter)), `seed ${seed}`).toEqual([]);
  });

  it('leaves smoothed rates alone: their lobes run into each other', () => {
    const values = opens(5, 70, 1, [
      [26, 33, 80],
      [33, 38, 0],
    ]);
    expect(
      compensation.detect(track(values, { kind: 'rate', unit: 'connections/second', step: 1000, window: 60_000 })),
    ).toEqual([]);
  });
});
