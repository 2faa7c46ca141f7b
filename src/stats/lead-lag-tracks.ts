import type { Track } from '../types/track.js';
import { leadLag, type LeadLag, type LeadLagOptions } from './lead-lag.js';

/** Lead and lag in milliseconds. */
export interface TrackLeadLag extends LeadLag {
  /** Step of the common clock, ms; `lag`, `from`, `to` count it. */
  readonly step: number;
  /** Milliseconds by which the first track is ahead, and the range that agrees about as well. */
  readonly ahead: number;
  readonly aheadFrom: number;
  readonly aheadTo: number;
}

/**
 * Which of two tracks leads. Both are brought to the coarser of their steps by means over each interval, within the time
 * they share; an interval without a sample is missing, nothing is interpolated.
 */
export function leadLagTracks(first: Track, second: Track, options: LeadLagOptions = {}): TrackLeadLag {
  const step = Math.max(first.step, second.step, 1);
  const from = Math.max(first.time[0] ?? NaN, second.time[0] ?? NaN);
  const to = Math.min(first.time.at(-1) ?? NaN, second.time.at(-1) ?? NaN);
  const length = to >= from ? Math.floor((to - from) / step) + 1 : 0;
  const found = leadLag(means(first, from, step, length), means(second, from, step, length), options);
  return { ...found, step, ahead: found.lag * step, aheadFrom: found.from * step, aheadTo: found.to * step };
}

function means(track: Track, from: number, step: number, length: number): Float64Array {
  const sum = new Float64Array(length);
  const count = new Float64Array(length);
  for (let i = 0; i < track.time.length; i++) {
    const slot = Math.round((track.time[i]! - from) / step);
    if (slot < 0 || slot >= length || !Number.isFinite(track.value[i]!)) continue;
    sum[slot]! += track.value[i]!;
    count[slot]!++;
  }
  return sum.map((v, i) => (count[i]! > 0 ? v / count[i]! : NaN));
}
