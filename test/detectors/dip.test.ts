import { describe, expect, it } from 'vitest';
import { dip } from '../../src/detectors/dip.js';
import { checkDetector } from '../support/check-detector.js';
import { noise, track } from '../support/synth.js';

describe('dip', () => {
  checkDetector(dip);

  it('finds a plunge of a busy counter', () => {
    const random = noise(3);
    const values = Array.from({ length: 60 }, (_, i) => (i >= 30 && i < 33 ? 0 : random.poisson(160)));
    const found = dip.detect(track(values, { kind: 'counter', unit: 'connections', step: 1000, start: 0 }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ direction: 'down', peak: 0 });
    expect(Math.abs(found[0]!.from - 30_000)).toBeLessThanOrEqual(1000);
    expect(Math.abs(found[0]!.to - 33_000)).toBeLessThanOrEqual(1000);
    expect(found[0]!.excess).toBeLessThan(-400);
  });

  it('cannot see a plunge of a counter that is mostly zero', () => {
    const values = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
    expect(dip.detect(track(values, { kind: 'counter', unit: 'connections' }))).toEqual([]);
  });
});
