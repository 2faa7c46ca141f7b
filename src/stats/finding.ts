import type { Finding, Pattern } from '../types/finding.js';
import type { Source } from '../types/series.js';
import type { Track } from '../types/track.js';
import type { Unit } from '../types/units.js';
import { digest } from './digest.js';
import type { Episode } from './episodes.js';

/** Unit of the values of a track: that of the series, per second for counters. */
export function trackUnit(track: Track): Unit {
  const { unit, kind } = track.series;
  return kind === 'gauge' || unit.endsWith('/second') ? unit : (`${unit}/second` as Unit);
}

/** Where the samples `first` … `last` of a track come from: the first and the last line of each file. */
export function sourcesOf(track: Track, first: number, last: number): Source[] {
  const { origin, source } = track.series;
  const out: Source[] = [];
  for (const i of first === last ? [first] : [first, last]) {
    const file = origin.files[typeof origin.file === 'number' ? origin.file : (origin.file[i] ?? 0)] ?? source.file;
    const line = typeof origin.line === 'number' ? origin.line : (origin.line[i] ?? 0);
    if (out.some((s) => s.file === file && (s.line ?? 0) === line)) continue;
    out.push(line > 0 ? { ...source, file, line } : { ...source, file });
  }
  return out;
}

/** Stable id of a finding. */
export function findingId(pattern: Pattern, series: string, from: number, to: number): string {
  return digest(`${pattern}\n${series}\n${Math.round(from)}\n${Math.round(to)}`);
}

/** A finding from an episode. */
export function episodeFinding(track: Track, pattern: Pattern, episode: Episode): Finding {
  const { series } = track;
  return {
    id: findingId(pattern, series.key, episode.from, episode.to),
    pattern,
    signal: series.signal,
    labels: series.labels,
    from: episode.from,
    to: episode.to,
    uncertainty: episode.uncertainty,
    peak: episode.peak,
    baseline: episode.baseline,
    unit: trackUnit(track),
    strength: episode.strength,
    p: episode.p,
    direction: episode.direction,
    excess: episode.excess,
    series: series.key,
    sources: sourcesOf(track, episode.first, episode.last),
  };
}
