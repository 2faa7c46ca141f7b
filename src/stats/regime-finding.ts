import type { Finding, Pattern } from '../types/finding.js';
import type { Track } from '../types/track.js';
import { findingId, sourcesOf, trackUnit } from './finding.js';
import { regimes, type Regimes } from './regimes.js';

/** Regimes of a track and the track indices of the samples they were found in. */
interface Searched extends Regimes {
  readonly index: Int32Array;
}

const memo = new WeakMap<Track, Searched>();

/** Shifts and slopes of a track, computed once; missing samples are left out. */
export function trackRegimes(track: Track): Searched {
  let found = memo.get(track);
  if (found === undefined) {
    const index = new Int32Array(track.value.length);
    const values = new Float64Array(track.value.length);
    let n = 0;
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(track.value[i]!)) continue;
      values[n] = track.value[i]!;
      index[n++] = i;
    }
    found = { ...regimes(values.subarray(0, n)), index: index.subarray(0, n) };
    memo.set(track, found);
  }
  return found;
}

/** What a change from one level to another says, as a finding over samples `first` … `last` of the search. */
export function regimeFinding(
  track: Track,
  pattern: Pattern,
  change: { first: number; last: number; before: number; after: number; p: number },
): Finding {
  const { series } = track;
  const { index, noise } = trackRegimes(track);
  const first = index[change.first]!;
  const last = index[change.last]!;
  const from = track.from[first]!;
  const to = track.time[last]!;
  const size = Math.abs(change.after - change.before);
  // the change lies between the last sample of the old regime and the first of the new one
  const gap = change.first > 0 ? track.time[first]! - track.time[index[change.first - 1]!]! : track.step;
  return {
    id: findingId(pattern, series.key, from, to),
    pattern,
    signal: series.signal,
    labels: series.labels,
    from,
    to,
    uncertainty: Math.max(track.step, gap),
    peak: change.after,
    baseline: change.before,
    unit: trackUnit(track),
    strength: noise > 0 ? size / noise : size > 0 ? Number.MAX_VALUE : 0,
    p: change.p,
    direction: change.after > change.before ? 'up' : 'down',
    series: series.key,
    sources: sourcesOf(track, first, last),
  };
}
