import { quantileOfSorted, sortedFinite } from './quantile.js';

/**
 * Robust standard deviation of residuals around zero: 1.4826 × median |r|. When more than half of them are zero
 * (quantised or idle series) the mean of |r| takes over, scaled so that both agree for normal noise.
 * @returns 0 only when all residuals are 0; NaN for none
 */
export function scaleAroundZero(residuals: ArrayLike<number>): number {
  const size = sortedFinite(residuals).map(Math.abs).sort();
  const mad = 1.4826 * quantileOfSorted(size, 0.5);
  if (!(mad === 0)) return mad;
  let sum = 0;
  for (const v of size) sum += v;
  return (Math.sqrt(Math.PI / 2) * sum) / size.length;
}

/**
 * As `scaleAroundZero`, but from the mean of |r| where ties abound: in zero-inflated noise the median would take half of the
 * ordinary samples for outliers. (A sample is its own running median once in a window; a third is far beyond that.)
 */
function ordinaryScale(residuals: Float64Array): number {
  let sum = 0;
  let ties = 0;
  for (const r of residuals) {
    sum += Math.abs(r);
    if (r === 0) ties++;
  }
  const robust = scaleAroundZero(residuals);
  return 3 * ties > residuals.length ? Math.max(robust, (Math.sqrt(Math.PI / 2) * sum) / residuals.length) : robust;
}

/**
 * Median over 2·half + 1 samples around each. Towards both ends it goes on along the line of the last two whole, disjoint
 * windows (after Tukey's end rule), so that a slope is not flattened and a burst at the end not believed. No NaN allowed.
 */
export function runningMedian(values: Float64Array, half: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n);
  const width = Math.min(n, 2 * half + 1);
  const last = n - 1 - half;
  const sorted = values.slice(0, width).sort();
  for (let i = 0; i < n; i++) {
    const from = Math.max(0, Math.min(n - width, i - half));
    if (i > half && from > 0 && i - half === from) exchange(sorted, values[from - 1]!, values[from + width - 1]!);
    out[i] = quantileOfSorted(sorted, 0.5);
  }
  if (n < 2 * width) return out;
  const rise = (out[half + width]! - out[half]!) / width;
  const fall = (out[last]! - out[last - width]!) / width;
  for (let i = 0; i < half; i++) {
    out[i] = out[half]! - rise * (half - i);
    out[n - 1 - i] = out[last]! + fall * (half - i);
  }
  return out;
}

/** Puts one value of an ascending list in the place of another. */
function exchange(sorted: Float64Array, gone: number, come: number): void {
  let k = sorted.indexOf(gone);
  while (k + 1 < sorted.length && sorted[k + 1]! < come) sorted[k] = sorted[++k]!;
  while (k > 0 && sorted[k - 1]! > come) sorted[k] = sorted[--k]!;
  sorted[k] = come;
}

/**
 * Values pulled to within `limit` robust standard deviations of their running median (Huber's pseudo-values): an
 * outlier of fewer than half + 1 samples loses its leverage, a lasting shift keeps all of it.
 */
export function winsorise(values: Float64Array, half: number, limit: number): Float64Array {
  const centre = runningMedian(values, half);
  const scale = limit * ordinaryScale(values.map((v, i) => v - centre[i]!));
  return values.map((v, i) => centre[i]! + Math.max(-scale, Math.min(scale, v - centre[i]!)));
}
