import type { Track } from '../types/track.js';
import { smoothingOf } from './samples.js';
import { scoreTrack, type Scored } from './scoring.js';
import type { Run } from './scan.js';

/** A stretch of a track that lies above (or below) its ordinary level. */
export interface Episode {
  readonly direction: 'up' | 'down';
  /** Sample indices of the track; `last` is inclusive. */
  readonly first: number;
  readonly last: number;
  /** Best guess of begin and end, and how far each may be off, ms. */
  readonly from: number;
  readonly to: number;
  readonly uncertainty: number;
  readonly peak: number;
  readonly baseline: number;
  /** Area beyond the baseline, unit·seconds; negative for `down`. */
  readonly excess: number;
  readonly strength: number;
  readonly p: number;
  /** It touches the first (last) sample: begin (end) were not observed. */
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

/**
 * Episodes of a track in one direction, in time order.
 * @remarks begin and end are the middle of the span in which they must lie: between the last ordinary and the first
 *   extraordinary sample. A smoothed rate stays high for one window after the end, which is taken off.
 */
export function episodes(track: Track, direction: 'up' | 'down'): Episode[] {
  const scored = scoreTrack(track);
  if (scored === null) return [];
  return (direction === 'up' ? scored.up : scored.down).map((run) => describe(track, scored, run, direction));
}

function describe(track: Track, scored: Scored, run: Run, direction: 'up' | 'down'): Episode {
  const sign = direction === 'up' ? 1 : -1;
  const { time, value, from: begins } = track;
  const first = scored.index[run.from]!;
  const last = scored.index[run.to - 1]!;
  const before =
    run.from > 0 ? time[scored.index[run.from - 1]!]! : Math.min(begins[first]!, time[first]! - track.step);
  const after = run.to < scored.index.length ? time[scored.index[run.to]!]! : time[last]! + track.step;
  const window = smoothingOf(track);
  const interval = window === 0 && track.series.kind !== 'gauge';
  const from = (before + time[first]!) / 2;
  // an interval (t0, t1] that is still high ends between t0 and t1; a level ends between two instants
  const endLow = interval ? begins[last]! : time[last]! - window;
  const endHigh = interval ? time[last]! : after - window;
  const to = Math.max(from, (endLow + endHigh) / 2);
  let peak = value[first]!;
  let excess = 0;
  let strength = 0;
  for (let k = run.from; k < run.to; k++) {
    const i = scored.index[k]!;
    if ((value[i]! - peak) * sign > 0) peak = value[i]!;
    strength = Math.max(strength, sign * scored.score[k]!);
    const previous = i > 0 ? time[i - 1]! : time[i]! - track.step;
    const seconds = (interval ? time[i]! - begins[i]! : Math.min(time[i]! - previous, 3 * track.step)) / 1000;
    excess += (value[i]! - scored.baseline) * seconds;
  }
  return {
    direction,
    first,
    last,
    from,
    to,
    uncertainty: Math.max(time[first]! - before, endHigh - endLow) / 2,
    peak,
    baseline: scored.baseline,
    excess,
    strength: Math.min(1e6, Math.max(strength, Math.abs(peak - scored.baseline) / scored.scale)),
    p: run.p,
    openStart: run.from === 0,
    openEnd: run.to === scored.index.length,
  };
}
