import { smoothingOf } from '../stats/samples.js';
import type { Track } from '../types/track.js';
import { sampled } from './limits.js';
import { split, viewOf, type ObserveOptions, type Span, type View } from './views.js';

/** Into how many intervals a window is divided. */
const PARTS = 8;

/**
 * What a track did in a window, its bounds the closer ones of two: by its samples as they are, and by several of them put
 * together. Intervals that follow each other tell what a coarser sampling would have told, so that they are never less sure.
 */
export function pooledView(track: Track, window: Span, options: ObserveOptions): View {
  const view = viewOf(track, window, options);
  const samples = split(track, window, options).inside.length;
  const many = Math.floor(samples / PARTS);
  if (view.bounds === null || many < 2 || track.count !== undefined || smoothingOf(track) > 0 || sampled(track))
    return view;
  const { bounds } = viewOf(pooled(track, many, window.from), window, { ...options, samples });
  if (bounds === null) return view;
  return {
    ...view,
    bounds: { low: Math.max(view.bounds.low, bounds.low), high: Math.min(view.bounds.high, bounds.high) },
  };
}

/** A rate over intervals `many` times as long, one of which begins at the given time. */
function pooled(track: Track, many: number, begin: number): Track {
  const length = many * track.step;
  const from: number[] = [];
  const time: number[] = [];
  const sums: number[] = [];
  const spans: number[] = [];
  let last = NaN;
  for (let i = 0; i < track.time.length; i++) {
    const [start, end] = [track.from[i]!, track.time[i]!];
    if (!Number.isFinite(track.value[i]!)) continue;
    const part = Math.floor(((start + end) / 2 - begin) / length);
    if (part !== last || start > time.at(-1)!) {
      from.push(start);
      time.push(end);
      sums.push(0);
      spans.push(0);
      last = part;
    }
    const k = sums.length - 1;
    time[k] = end;
    sums[k] = sums[k]! + track.value[i]! * (end - start);
    spans[k] = spans[k]! + (end - start);
  }
  return {
    ...track,
    from: Float64Array.from(from),
    time: Float64Array.from(time),
    value: Float64Array.from(sums, (sum, k) => sum / spans[k]!),
    step: length,
  };
}
