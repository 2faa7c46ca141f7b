import type { Origin } from '../types/series.js';

/** One part of a sum: its samples. */
export interface Part {
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly origin: Origin;
}

export type FoldBy = 'sum' | 'mean' | 'max';

/**
 * Several series of one quantity as one, sample by sample on their common times.
 *
 * A counter that begins later or ends earlier than the others (a thread, a container) keeps its first or last value
 * outside its life, so that its coming and going is no change of the sum; a gauge counts nothing there. In a gap inside
 * its life the sum is unknown (NaN). Parts sampled at other instants than the finest one speak with their latest value.
 */
export function fold(parts: readonly Part[], by: FoldBy, counter: boolean): Part {
  const first = parts[0]!;
  if (parts.length === 1) return { time: first.time, value: first.value, origin: first.origin };
  const aligned = parts.every((part) => sameTimes(part.time, first.time));
  const time = aligned ? first.time : commonTimes(parts);
  const total = new Float64Array(time.length);
  const known = new Float64Array(time.length);
  if (by === 'max') total.fill(-Infinity);
  for (const part of parts) {
    const value = aligned ? part.value : onto(time, part, counter);
    for (let i = 0; i < time.length; i++) {
      const x = value[i]!;
      if (x === ABSENT) continue;
      total[i] = by === 'max' ? Math.max(total[i]!, x) : total[i]! + x;
      known[i]!++;
    }
  }
  for (let i = 0; i < time.length; i++) {
    if (known[i] === 0) total[i] = NaN;
    else if (by === 'mean') total[i] = total[i]! / known[i]!;
  }
  return { time, value: total, origin: first.origin };
}

/** Outside the life of a gauge; infinities do not occur in files of counts. */
const ABSENT = -Infinity;

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** All instants of all parts when they sample together; else those of the part with most samples, widened at both ends. */
function commonTimes(parts: readonly Part[]): Float64Array {
  const all = new Set<number>();
  let most = 0;
  for (const { time } of parts) {
    most = Math.max(most, time.length);
    for (const t of time) all.add(t);
  }
  const union = Float64Array.from(all).sort();
  if (union.length <= most * 1.5 + 2) return union;
  const finest = parts.reduce((a, b) => (b.time.length > a.time.length ? b : a)).time;
  const before = union.filter((t) => t < finest[0]!);
  const after = union.filter((t) => t > finest.at(-1)!);
  const out = new Float64Array(before.length + finest.length + after.length);
  out.set(before);
  out.set(finest, before.length);
  out.set(after, before.length + finest.length);
  return out;
}

function onto(time: Float64Array, part: Part, counter: boolean): Float64Array {
  const out = new Float64Array(time.length);
  const n = part.time.length;
  const reach = 2.5 * widest(part.time);
  let j = -1;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    while (j + 1 < n && part.time[j + 1]! <= t) j++;
    if (j < 0) out[i] = counter ? (part.value[0] ?? ABSENT) : ABSENT;
    else if (j === n - 1 && t > part.time[j]!)
      out[i] = counter || t - part.time[j]! < reach / 2.5 ? part.value[j]! : ABSENT;
    else out[i] = part.time[j] === t || t - part.time[j]! <= reach ? part.value[j]! : NaN;
  }
  return out;
}

function widest(time: Float64Array): number {
  if (time.length < 2) return 0;
  const steps = time
    .slice(1)
    .map((t, i) => t - time[i]!)
    .sort();
  return steps[steps.length >> 1]!;
}
