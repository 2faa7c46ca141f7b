import { median, quantileOfSorted, sortedFinite } from './quantile.js';

export interface CalendarProfile {
  /** Samples per day or week. */
  readonly samples: number;
  /** Share of the mean absolute deviation that the profile takes away, corrected for its size. */
  readonly share: number;
  /** Values less the profile. */
  readonly residual: Float64Array;
}

const DAY = 86_400_000;
/** Fewer repeats cannot tell a habit from a coincidence. */
const REPEATS = 4;
/** A habit that explains less than a tenth is left in. */
const LEAST = 0.1;
/** The week must beat the day by this, for it has seven times the parameters. */
const BETTER = 0.05;
/** Neighbouring phases within about a quarter of an hour of a day share their median. */
const SLOTS = 96;

/**
 * The habit of the day or the week in a series, as medians per phase, or null where there is none to speak of.
 * @param time - ms, increasing; gaps are allowed, phases follow the clock
 * @param values - finite
 * @remarks Phase medians keep an odd day from leaving its print on the others.
 */
export function calendarProfile(time: ArrayLike<number>, values: Float64Array): CalendarProfile | null {
  const n = values.length;
  if (n < 2 * REPEATS) return null;
  const step = medianStep(time);
  if (!(step > 0)) return null;
  const centre = median(values);
  let spread = 0;
  for (const v of values) spread += Math.abs(v - centre);
  let best: CalendarProfile | null = null;
  for (const span of [DAY, 7 * DAY]) {
    const samples = Math.round(span / step);
    if (samples < 4 || n < REPEATS * samples) continue;
    const residual = lessProfile(time, values, step, samples, centre);
    let left = 0;
    for (const v of residual) left += Math.abs(v);
    const repeats = n / samples;
    const share = 1 - (left / spread) * (repeats / (repeats - 1));
    if (share > (best === null ? LEAST : best.share + BETTER)) best = { samples, share, residual };
  }
  return best;
}

function medianStep(time: ArrayLike<number>): number {
  const steps = new Float64Array(Math.max(0, time.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = time[i + 1]! - time[i]!;
  return quantileOfSorted(sortedFinite(steps), 0.5);
}

function lessProfile(
  time: ArrayLike<number>,
  values: Float64Array,
  step: number,
  samples: number,
  centre: number,
): Float64Array {
  const phase = Int32Array.from(values, (_, i) => Math.round((time[i]! - time[0]!) / step) % samples);
  const columns: number[][] = Array.from({ length: samples }, () => []);
  for (let i = 0; i < values.length; i++) columns[phase[i]!]!.push(values[i]!);
  const rough = columns.map((column) => (column.length > 0 ? median(column) : centre));
  const half = Math.floor(samples / SLOTS);
  const smooth = rough.map((_, p) => {
    const near: number[] = [];
    for (let j = -half; j <= half; j++) near.push(rough[(p + j + samples) % samples]!);
    return median(near);
  });
  return values.map((v, i) => v - smooth[phase[i]!]!);
}
