import { findingId, sourcesOf, trackUnit } from '../stats/finding.js';
import { compensations, lobeOf, type Compensation } from '../stats/lobes.js';
import { scoreTrack, type Scored } from '../stats/scoring.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';

/**
 * A rise that turns into a fall below the ordinary level, or a fall that turns into a rise above it, as one pattern.
 * Direction `up`: rise, then plunge; `down`: dip, then rebound.
 */
export const compensation: Detector = {
  id: 'compensation',
  pattern: 'compensation',
  title: 'compensating pattern: rise then plunge, or dip then rebound',
  reference: 'ordered lobes, each tested against the ordinary level; intersection–union test (Berger 1982)',
  // a plunge is a share of the level, so that adding a constant changes what counts as one
  scaleFree: false,
  fewest: 6,
  detect: (track) => {
    const scored = scoreTrack(track);
    return scored === null ? [] : compensations(track).map((found) => findingOf(track, scored, found));
  },
};

function findingOf(track: Track, scored: Scored, found: Compensation): Finding {
  const lobes = found.runs.map((run) => lobeOf(track, scored, run));
  const from = lobes[0]!.from;
  const to = lobes.at(-1)!.to;
  const first = found.runs[0]!;
  const sign = first.direction;
  let peak = track.value[scored.index[first.from]!]!;
  for (let k = first.from; k < first.to; k++) {
    const value = track.value[scored.index[k]!]!;
    if (sign * (value - peak) > 0) peak = value;
  }
  return {
    id: findingId('compensation', track.series.key, from, to),
    pattern: 'compensation',
    signal: track.series.signal,
    labels: track.series.labels,
    from,
    to,
    uncertainty: track.step / 2,
    peak,
    baseline: scored.baseline,
    unit: trackUnit(track),
    strength: Math.min(...found.runs.map((run) => run.score)),
    p: found.p,
    direction: found.kind === 'rise-then-plunge' ? 'up' : 'down',
    excess: lobes.reduce((sum, lobe) => sum + lobe.excess, 0),
    lobes,
    series: track.series.key,
    sources: sourcesOf(track, scored.index[first.from]!, scored.index[found.runs.at(-1)!.to - 1]!),
  };
}
