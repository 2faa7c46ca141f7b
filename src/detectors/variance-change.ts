import { findingId, sourcesOf, trackUnit } from '../stats/finding.js';
import { spreadChanges, type SpreadChange } from '../stats/spread-changes.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';

/**
 * Instants from which on a series scatters more, or less, than before, whatever its level does: `baseline` and `peak` are
 * its typical deviation from its running median before and after.
 */
export const varianceChange: Detector = {
  id: 'variance-change',
  pattern: 'variance-change',
  title: 'lasting change of scatter',
  reference:
    'level shifts in the logarithm of the deviations from a running median (after Inclan & Tiao 1994, JASA 89:913, made robust)',
  scaleFree: true,
  fewest: 24,
  detect: (track) => {
    const index = [...track.value.keys()].filter((i) => Number.isFinite(track.value[i]!));
    const changes = spreadChanges(Float64Array.from(index, (i) => track.value[i]!));
    return changes.map((change) => findingOf(track, index, change));
  },
};

function findingOf(track: Track, index: readonly number[], change: SpreadChange): Finding {
  const { series } = track;
  const first = index[change.at]!;
  const last = index[change.until - 1]!;
  const [from, to] = [track.from[first]!, track.time[last]!];
  return {
    id: findingId('variance-change', series.key, from, to),
    pattern: 'variance-change',
    signal: series.signal,
    labels: series.labels,
    from,
    to,
    // a single deviation says little of the scatter: the change is known to a few samples only
    uncertainty: Math.max(track.step, change.error * track.step),
    peak: change.after,
    baseline: change.before,
    unit: trackUnit(track),
    strength: change.score,
    p: change.p,
    direction: change.after > change.before ? 'up' : 'down',
    series: series.key,
    sources: sourcesOf(track, first, last),
  };
}
