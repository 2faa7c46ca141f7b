import { describe, expect, it } from 'vitest';
import { gap } from '../../src/detectors/gap.js';
import { checkDetector } from '../support/check-detector.js';
import { series, track } from '../support/synth.js';
import { toTrack } from '../../src/series/rate.js';

describe('gap', () => {
  checkDetector(gap);

  it('finds missing rows and missing values alike', () => {
    const rows = Array.from({ length: 60 }, (_, i) => i).filter((i) => i < 30 || i >= 36);
    const byRow = toTrack(
      series(
        rows.map(() => 5),
        { times: rows.map((i) => i * 15_000), step: 15_000 },
      ),
    );
    const byValue = track(
      Array.from({ length: 60 }, (_, i) => (i >= 30 && i < 36 ? NaN : 5)),
      { step: 15_000, start: 0 },
    );
    for (const one of [byRow, byValue]) {
      const found = gap.detect(one);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ from: 29 * 15_000, to: 36 * 15_000, peak: 6, unit: 'count' });
    }
  });

  it('does not call the rhythm of a series that often misses samples a gap', () => {
    const values = Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? 5 : NaN));
    expect(gap.detect(track(values))).toEqual([]);
  });
});
