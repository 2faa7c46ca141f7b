import { median } from './quantile.js';
import { scaleAroundZero } from './robust-scale.js';

export interface Period {
  /** Samples per cycle. */
  readonly samples: number;
  /** Share of the variance of the differences that the cycle explains, 0 to 1. */
  readonly share: number;
  /** How much better the cycle describes the series than none, in nats; positive. */
  readonly gain: number;
}

// a cycle seen fewer than four times cannot be told from a few changes
const CYCLES = 4;

/**
 * The cycle length that best describes a series, or null. Works on winsorised first differences, which removes level and
 * trend and leaves wandering noise without a cycle of its own; a cycle must repay one parameter per phase.
 * @param values - evenly spaced, finite
 * @param shortest - shortest cycle in samples
 * @remarks Buys-Ballot table judged by the Bayesian information criterion; O(n²/4) — for up to a few thousand samples.
 */
export function findPeriod(values: Float64Array, shortest = 4): Period | null {
  const d = clippedDifferences(values);
  const n = d.length;
  let total = 0;
  for (const v of d) total += v * v;
  if (!(total > 0)) return null;
  let best: Period | null = null;
  const sum = new Float64Array(Math.floor(n / CYCLES) + 1);
  for (let samples = shortest; samples <= n / CYCLES; samples++) {
    sum.fill(0, 0, samples);
    for (let i = 0, phase = 0; i < n; i++) {
      sum[phase]! += d[i]!;
      if (++phase === samples) phase = 0;
    }
    const whole = Math.floor(n / samples);
    const rest = n - whole * samples;
    let explained = 0;
    for (let p = 0; p < samples; p++) explained += (sum[p]! * sum[p]!) / (p < rest ? whole + 1 : whole);
    const share = Math.min(explained / total, 1 - Number.EPSILON);
    const gain = -0.5 * (n * Math.log1p(-share) + (samples - 1) * Math.log(n));
    if (gain > 0 && (best === null || gain > best.gain)) best = { samples, share, gain };
  }
  return best;
}

function clippedDifferences(values: Float64Array): Float64Array {
  const n = Math.max(0, values.length - 1);
  const d = new Float64Array(n);
  for (let i = 0; i < n; i++) d[i] = values[i + 1]! - values[i]!;
  const centre = median(d);
  const limit = 3 * scaleAroundZero(d.map((v) => v - centre));
  let mean = 0;
  for (let i = 0; i < n; i++) {
    d[i] = Math.max(-limit, Math.min(limit, d[i]! - centre));
    mean += d[i]! / n;
  }
  return d.map((v) => v - mean);
}

/**
 * A series without its cycle; level, trend and noise stay. The shape of the cycle is the median of each phase over the
 * seven nearest cycles, so it may grow or fade slowly, and one odd cycle does not leave its print on the others.
 * @param values - evenly spaced, finite, at least one and a half cycles
 * @remarks After STL (Cleveland et al. 1990), whose shortest advised seasonal window is seven cycles.
 */
export function withoutSeason(values: Float64Array, period: number): Float64Array {
  const n = values.length;
  if (!(period >= 2) || n < 1.5 * period) return values.slice();
  const shape = phaseMedians(detrended(values, period), period, 3);
  const sums = running(shape);
  const half = Math.floor(period / 2);
  return values.map((v, i) => {
    const from = Math.max(0, Math.min(n - period, i - half));
    return v - (shape[i]! - (sums[from + period]! - sums[from]!) / period);
  });
}

/** Values less their centred mean over one cycle (half weights at the ends of an even one); NaN at both ends. */
function detrended(values: Float64Array, period: number): Float64Array {
  const n = values.length;
  const sums = running(values);
  const half = Math.floor(period / 2);
  const out = new Float64Array(n).fill(NaN);
  for (let i = half; i + half < n; i++) {
    const wide = sums[i + half + 1]! - sums[i - half]!;
    const mean = period % 2 === 1 ? wide / period : (wide - (values[i - half]! + values[i + half]!) / 2) / period;
    out[i] = values[i]! - mean;
  }
  return out;
}

function phaseMedians(values: Float64Array, period: number, reach: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n);
  for (let phase = 0; phase < period; phase++) {
    const column: number[] = [];
    const at: number[] = [];
    for (let i = phase; i < n; i += period) {
      if (Number.isNaN(values[i]!)) continue;
      column.push(values[i]!);
      at.push(i);
    }
    if (column.length === 0) continue;
    const width = Math.min(column.length, 2 * reach + 1);
    for (let i = phase; i < n; i += period) {
      const nearest = Math.round((i - at[0]!) / period) - reach;
      const from = Math.max(0, Math.min(column.length - width, nearest));
      out[i] = median(column.slice(from, from + width));
    }
  }
  return out;
}

function running(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return sums;
}
