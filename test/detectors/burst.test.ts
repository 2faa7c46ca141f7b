import { describe, expect, it } from 'vitest';
import { burst } from '../../src/detectors/burst.js';
import { checkDetector } from '../support/check-detector.js';
import { laws, track, withEpisode } from '../support/synth.js';

const START = 1_700_000_000_000;

describe('burst', () => {
  checkDetector(burst);

  it.each([
    { name: 'one sample of fourteen', values: [0, 0, 0, 0, 0, 0, 0, 0, 295_000, 0, 0, 0, 0, 0], first: 8, last: 8 },
    { name: 'two samples of fourteen', values: [3, 2, 4, 3, 2, 3, 80, 82, 3, 4, 2, 3, 3, 2], first: 6, last: 7 },
    { name: 'a gap inside', values: [3, 2, 4, 3, 2, 3, 80, NaN, 82, 3, 4, 2, 3, 3, 2], first: 6, last: 8 },
  ])('finds $name in a gauge', ({ values, first, last }) => {
    const [finding, ...more] = burst.detect(track(values, { unit: 'bytes', step: 15_000, start: START }));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ pattern: 'burst', direction: 'up' });
    expect(Math.abs(finding!.from - (START + first * 15_000))).toBeLessThanOrEqual(15_000);
    expect(Math.abs(finding!.to - (START + last * 15_000))).toBeLessThanOrEqual(15_000);
    expect(finding!.uncertainty).toBeGreaterThanOrEqual(7500);
  });

  it('finds the first events of a counter that never moved, and counts them', () => {
    const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90, 40, 0, 0, 0, 0];
    const found = burst.detect(track(values, { kind: 'counter', unit: 'connections', step: 15_000, start: START }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ baseline: 0, peak: 6, unit: 'connections/second' });
    expect(found[0]!.excess).toBeCloseTo(130, 6);
    expect(found[0]!.from).toBe(START + 10.5 * 15_000);
  });

  it('takes the smoothing window off the end, and the part that is not full off the start', () => {
    // rate(x[60s]) at 15 s: 4 samples fill up, an event in one interval stays for four samples
    const values = [1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 40, 40, 40, 40, 4, 4, 4, 4, 4, 4, 4, 4];
    const jitter = values.map((v, i) => v + 0.01 * ((i * 7) % 5));
    const found = burst.detect(
      track(jitter, { kind: 'rate', unit: 'seconds/second', step: 15_000, start: START, window: 60_000 }),
    );
    expect(found).toHaveLength(1);
    const [{ from, to }] = found as [(typeof found)[0]];
    expect(Math.abs(from - (START + 9.5 * 15_000))).toBeLessThanOrEqual(7500);
    expect(to - from).toBeLessThanOrEqual(15_000);
  });

  it('does not call a lasting drift a burst', () => {
    const values = Array.from({ length: 40 }, (_, i) => 1000 + 25 * i + ((i * 13) % 7));
    expect(burst.detect(track(values))).toEqual([]);
  });

  it('finds a high episode of each noise law at the right place', () => {
    for (const law of laws) {
      let hits = 0;
      // samples that remember each other are worth half as many
      const width = law.name.startsWith('auto') ? 6 : 3;
      for (let seed = 1; seed <= 20; seed++) {
        const found = burst.detect(withEpisode(law, 120, seed, { at: 60, width, height: 12 }));
        if (found.some(({ from, to }) => from <= START + (60 + width) * 15_000 && to >= START + 58 * 15_000)) hits++;
      }
      expect(hits, law.name).toBeGreaterThanOrEqual(18);
    }
  });
});
