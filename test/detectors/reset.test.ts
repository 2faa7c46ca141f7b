import { describe, expect, it } from 'vitest';
import { reset } from '../../src/detectors/reset.js';
import { toTrack } from '../../src/series/rate.js';
import { checkDetector } from '../support/check-detector.js';
import { series } from '../support/synth.js';

describe('reset', () => {
  checkDetector(reset);

  it('finds where a counter begins anew', () => {
    const counter = series([100, 120, 140, 3, 9], { kind: 'counter', unit: 'count', start: 0, step: 1000 });
    expect(reset.detect(toTrack(counter))).toMatchObject([{ from: 2000, to: 3000, baseline: 140, peak: 3 }]);
  });

  it('knows that a gauge may fall', () => {
    expect(reset.detect(toTrack(series([100, 3], { kind: 'gauge' })))).toEqual([]);
  });
});
