import { medianStep } from './key.js';
import type { Origin } from '../types/series.js';

/** One part of a sum: its samples. */
export interface Part {
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly origin: Origin;
}

/** `max` and `min` of counters speak of what they count: the part that rose most (least) in each interval. */
export type FoldBy = 'sum' | 'mean' | 'max' | 'min';

export interface FoldOptions {
  readonly by: FoldBy;
  readonly counter: boolean;
  /** Parts are born with their counter at zero (threads, containers), so that a first value counts as an increase. */
  readonly fromZero: boolean;
  /** Times to speak of, where the parts are not sampled alike; else chosen from theirs. */
  readonly times?: Float64Array;
}

/**
 * Several series of one quantity as one, sample by sample on their common times.
 *
 * A counter that ends earlier than the others (a thread, a container) keeps its last value, so that its going is no
 * change of the sum; one that begins later counts from zero where parts are born so, else its first value holds
 * before. A gauge counts nothing outside its life. In a gap inside its life the sum is unknown (NaN). The common
 * times are those at which at least half of the living parts were sampled; others speak with their latest value.
 */
export function fold(parts: readonly Part[], { by, counter, fromZero, times }: FoldOptions): Part {
  const first = parts[0]!;
  if (parts.length === 1) return { time: first.time, value: first.value, origin: first.origin };
  const aligned = parts.every((part) => sameTimes(part.time, first.time));
  const time = aligned ? first.time : (times ?? commonTimes(parts));
  const values = parts.map((part) => (aligned ? part.value : onto(time, part, counter, fromZero)));
  const extreme = by === 'max' || by === 'min';
  const value = extreme && counter ? addedUp(combined(values.map(increases), by)) : combined(values, by);
  return { time, value, origin: originOf(first.origin, time === first.time) };
}

const START: Readonly<Record<FoldBy, number>> = { sum: 0, mean: 0, max: -Infinity, min: Infinity };

function combined(values: readonly Float64Array[], by: FoldBy): Float64Array {
  const length = values[0]!.length;
  const total = new Float64Array(length).fill(START[by]);
  const known = new Float64Array(length);
  for (const value of values) {
    for (let i = 0; i < length; i++) {
      const x = value[i]!;
      if (x === ABSENT) continue;
      total[i] = by === 'max' ? Math.max(total[i]!, x) : by === 'min' ? Math.min(total[i]!, x) : total[i]! + x;
      known[i]!++;
    }
  }
  for (let i = 0; i < length; i++) {
    if (known[i] === 0) total[i] = NaN;
    else if (by === 'mean') total[i] = total[i]! / known[i]!;
  }
  return total;
}

/** What a counter rose by since the sample before; a reset counts from zero. */
function increases(value: Float64Array): Float64Array {
  return value.map((x, i) => {
    const before = i === 0 ? x : value[i - 1]!;
    if (x === ABSENT || before === ABSENT) return x === ABSENT ? ABSENT : 0;
    return x < before ? x : x - before;
  });
}

function addedUp(steps: Float64Array): Float64Array {
  let sum = 0;
  return steps.map((step) => (Number.isNaN(step) ? NaN : (sum += step)));
}

/** Lines of samples that were brought together are those of the first part, where the times are its own. */
function originOf(origin: Origin, own: boolean): Origin {
  if (own || (typeof origin.file === 'number' && typeof origin.line === 'number')) return origin;
  const file = typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0);
  return { files: origin.files, file, line: 0 };
}

/** Outside the life of a gauge; infinities do not occur in files of counts. */
const ABSENT = -Infinity;

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Times at which at least half of the parts that live then have a sample. */
function commonTimes(parts: readonly Part[]): Float64Array {
  const sampled = new Map<number, number>();
  const births: number[] = [];
  const deaths: number[] = [];
  for (const { time } of parts) {
    if (time.length === 0) continue;
    births.push(time[0]!);
    deaths.push(time.at(-1)!);
    for (const t of time) sampled.set(t, (sampled.get(t) ?? 0) + 1);
  }
  births.sort((a, b) => a - b);
  deaths.sort((a, b) => a - b);
  const all = Float64Array.from(sampled.keys()).sort();
  let born = 0;
  let dead = 0;
  const kept = all.filter((t) => {
    while (born < births.length && births[born]! <= t) born++;
    while (dead < deaths.length && deaths[dead]! < t) dead++;
    return sampled.get(t)! * 2 >= born - dead;
  });
  // parts that never share an instant: the times of the one with most samples
  return kept.length >= 2 || all.length < 2
    ? kept
    : parts.reduce((a, b) => (b.time.length > a.time.length ? b : a)).time;
}

function onto(time: Float64Array, part: Part, counter: boolean, fromZero: boolean): Float64Array {
  const out = new Float64Array(time.length);
  const n = part.time.length;
  const step = medianStep(part.time);
  const before = !counter ? ABSENT : fromZero ? 0 : (part.value[0] ?? ABSENT);
  let j = -1;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    while (j + 1 < n && part.time[j + 1]! <= t) j++;
    if (j < 0) out[i] = before;
    else if (j === n - 1 && t > part.time[j]!) out[i] = counter || t - part.time[j]! < step ? part.value[j]! : ABSENT;
    else out[i] = part.time[j] === t || t - part.time[j]! <= 2.5 * step ? part.value[j]! : NaN;
  }
  return out;
}
