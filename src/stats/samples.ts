import type { Track } from '../types/track.js';

/** Fewest samples in which an episode is looked for. */
export const FEWEST = 6;

/** Length of the past that each sample speaks of on the average (`rate(x[60s])` → 60000); 0 for instants and intervals. */
export function smoothingOf(track: Track): number {
  return track.series.window ?? 0;
}

export const WHOLE = new Set([
  'count',
  'packets',
  'segments',
  'connections',
  'requests',
  'pages',
  'operations',
  'tasks',
]);

/** Whole events behind a sample: counted, or of a smoothed rate of countable things; NaN when neither. */
export function eventsAt(track: Track, i: number): number {
  if (track.count !== undefined) return track.count[i]!;
  const window = smoothingOf(track);
  if (window <= 0 || track.series.kind !== 'rate') return NaN;
  return WHOLE.has(track.series.unit.replace('/second', '')) ? (track.value[i]! * window) / 1000 : NaN;
}

/** Seconds over which `eventsAt` were counted. */
export function secondsAt(track: Track, i: number): number {
  const window = track.count === undefined ? smoothingOf(track) : 0;
  return (window > 0 ? window : track.time[i]! - track.from[i]!) / 1000;
}

/** Share of a sample's events that no earlier sample has told of. */
export function freshShare(track: Track): number {
  const window = track.count === undefined ? smoothingOf(track) : 0;
  return window > track.step && track.step > 0 ? track.step / window : 1;
}

/** Samples with a value, without the first smoothing window: it is not full at the start of a recording. */
export function usable(track: Track): Int32Array {
  const { value, time } = track;
  const window = smoothingOf(track);
  const start = (time[0] ?? 0) + (window > track.step ? window - track.step : 0);
  const all = new Int32Array(value.length);
  let n = 0;
  let early = 0;
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i]!)) continue;
    if (time[i]! < start) early++;
    all[n++] = i;
  }
  return n - early >= FEWEST ? all.subarray(early, n) : all.subarray(0, n);
}

/** Values at some indices. */
export function pick(values: Float64Array, index: Int32Array): Float64Array {
  const out = new Float64Array(index.length);
  for (let k = 0; k < index.length; k++) out[k] = values[index[k]!]!;
  return out;
}
