import { describe, expect, it } from 'vitest';
import { saturation } from '../../src/detectors/saturation.js';
import { checkDetector } from '../support/check-detector.js';
import { noise, track } from '../support/synth.js';

function filling(limit: number): number[] {
  const random = noise(5);
  return Array.from({ length: 80 }, (_, i) => {
    const wanted = i < 30 ? 100 + 8 * random.normal() : i < 50 ? 100 + 80 * (i - 29) : 100 + 8 * random.normal();
    return Math.min(limit, wanted);
  });
}

describe('saturation', () => {
  checkDetector(saturation);

  it('finds the plateau of something that fills up', () => {
    const found = saturation.detect(track(filling(512), { start: 0, step: 1000 }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ peak: 512, direction: 'up' });
    expect(Math.abs(found[0]!.from - 35_000)).toBeLessThanOrEqual(1500);
  });

  it('sees none where nothing is full, or where a level merely changes', () => {
    expect(saturation.detect(track(filling(Infinity)))).toEqual([]);
    expect(saturation.detect(track(Array.from({ length: 60 }, (_, i) => (i < 30 ? 3 + (i % 3) : 80))))).toEqual([]);
  });

  it('does not take the flat top of a smoothed rate for a limit', () => {
    expect(saturation.detect(track(filling(512), { kind: 'rate', window: 60_000 }))).toEqual([]);
  });
});
