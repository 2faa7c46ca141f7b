import type { Series } from '../types/series.js';
import type { Track } from '../types/track.js';
import { signalOf } from '../signals/all.js';
import { medianStep } from './key.js';

const WRAP = 2 ** 32;
/** Things one cannot have half of; a rate of them is noisy like a count. */
const WHOLE = new Set(['count', 'packets', 'segments', 'connections', 'requests', 'pages', 'operations', 'tasks']);

/**
 * A series made ready for statistics.
 *
 * Counters become increases divided by the time that really passed since the previous sample; nothing is extrapolated to
 * the edges. Where a counter falls it was reset: the increase is unknown and the interval is NaN, unless the signal is
 * known to wrap at 32 bits and the fall is one. Gauges and ready-made rates pass through; a rate is never differentiated
 * again. Missing samples (NaN) stay missing; the next counter interval then begins at the last sample that exists.
 */
export function toTrack(series: Series): Track {
  return series.kind === 'counter' ? rated(series) : level(series);
}

/** Indices of samples before which a counter was reset (32-bit wraps excluded). */
export function resets(series: Series): number[] {
  if (series.kind !== 'counter') return [];
  const wraps = signalOf(series.signal)?.wraps === 32;
  const found: number[] = [];
  let last = NaN;
  for (let i = 0; i < series.value.length; i++) {
    const value = series.value[i]!;
    if (Number.isNaN(value)) continue;
    if (value < last && !(wraps && wrapped(last, value))) found.push(i);
    last = value;
  }
  return found;
}

function rated(series: Series): Track {
  const { time, value } = series;
  const n = time.length;
  const signal = signalOf(series.signal);
  const wraps = signal?.wraps === 32;
  const whole = WHOLE.has(series.unit);
  const from = new Float64Array(n);
  const rate = new Float64Array(n).fill(NaN);
  const count = whole ? new Float64Array(n).fill(NaN) : undefined;
  let last = -1;
  for (let i = 0; i < n; i++) {
    from[i] = last < 0 ? time[i]! : time[last]!;
    const current = value[i]!;
    if (Number.isNaN(current)) continue;
    if (last >= 0) {
      let increase = current - value[last]!;
      if (increase < 0 && wraps && wrapped(value[last]!, current)) increase += WRAP;
      if (increase >= 0) {
        rate[i] = (increase * 1000) / (time[i]! - time[last]!);
        if (count !== undefined) count[i] = increase;
      }
    }
    last = i;
  }
  const track = { series, from, time, value: rate, step: series.step || medianStep(time) };
  return count === undefined ? { ...track, law: 'level' } : { ...track, count, law: 'count' };
}

function level(series: Series): Track {
  const { time, value, window } = series;
  const from = window !== undefined && window > 0 ? time.map((t) => t - window) : time;
  return { series, from, time, value, law: 'level', step: series.step || medianStep(time) };
}

/** Whether a fall is a 32-bit overflow: from the upper quarter of the range to the lower one. */
export function wrapped(before: number, after: number): boolean {
  return before < WRAP && before >= WRAP * 0.75 && after < WRAP * 0.25;
}

/** A 32-bit counter continued past its overflows; the same array when it never overflows. */
export function unwrapped(value: Float64Array): Float64Array {
  let out = value;
  let offset = 0;
  let last = NaN;
  for (let i = 0; i < value.length; i++) {
    const current = value[i]!;
    if (Number.isNaN(current)) continue;
    if (current < last && wrapped(last, current)) {
      if (out === value) out = value.slice();
      offset += WRAP;
    } else if (current < last) offset = 0;
    if (offset > 0) out[i] = current + offset;
    last = current;
  }
  return out;
}
