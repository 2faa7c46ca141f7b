import { resets } from '../series/rate.js';
import { findingId, sourcesOf } from '../stats/finding.js';
import type { Detector } from './detector.js';

/** Instants at which a counter falls: its owner was restarted. `baseline` and `peak` are its values before and after. */
export const reset: Detector = {
  id: 'reset',
  pattern: 'reset',
  title: 'counter reset',
  reference: 'a cumulative counter never falls unless it begins anew; overflows of 32 bits are told apart',
  scaleFree: true,
  fewest: Infinity,
  detect: (track) => {
    const { series } = track;
    return resets(series).map((index) => {
      const before = Math.max(0, index - 1);
      const from = series.time[before]!;
      const to = series.time[index]!;
      return {
        id: findingId('reset', series.key, from, to),
        pattern: 'reset' as const,
        signal: series.signal,
        labels: series.labels,
        from,
        to,
        uncertainty: (to - from) / 2,
        peak: series.value[index]!,
        baseline: series.value[before]!,
        unit: series.unit,
        strength: 1,
        // impossible without one; no smaller than other certainties, so that it does not outweigh them
        p: 1e-12,
        direction: 'down' as const,
        series: series.key,
        sources: sourcesOf(track, before, index),
      };
    });
  },
};
