import { episodes, type Episode } from '../stats/episodes.js';
import { findingId, sourcesOf, trackUnit } from '../stats/finding.js';
import { scoreOf } from '../stats/normal.js';
import { recurrence } from '../stats/recurrence.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';

const ALPHA = 0.01;

/** Bursts or dips that come back at one period: a timer, a scanner, a sweep. */
export const periodicity: Detector = {
  id: 'periodicity',
  pattern: 'periodicity',
  title: 'episodes that recur at one period',
  reference:
    'regularity of gaps against occurrences at random, whose gaps are uniform on a simplex (Feller 1971, vol. II, I.7)',
  scaleFree: true,
  fewest: 6,
  detect: (track) => [...recurring(track, 'up'), ...recurring(track, 'down')],
};

function recurring(track: Track, direction: 'up' | 'down'): Finding[] {
  const found = episodes(track, direction).filter((episode) => !episode.openStart);
  const resolution = Math.max(track.step, ...found.map((episode) => episode.uncertainty));
  const regular = recurrence(
    found.map((episode) => episode.from),
    resolution,
  );
  if (regular === null || regular.p > ALPHA) return [];
  const [first, last] = [found[0]!, found.at(-1)!];
  const strongest = found.reduce((a: Episode, b) => (b.strength > a.strength ? b : a));
  const { series } = track;
  return [
    {
      id: findingId('periodicity', series.key, first.from, last.to),
      pattern: 'periodicity',
      signal: series.signal,
      labels: series.labels,
      from: first.from,
      to: last.to,
      uncertainty: resolution,
      peak: strongest.peak,
      baseline: strongest.baseline,
      unit: trackUnit(track),
      strength: scoreOf(regular.p),
      p: regular.p,
      direction,
      period: regular.period,
      series: series.key,
      sources: sourcesOf(track, first.first, last.last),
    },
  ];
}
