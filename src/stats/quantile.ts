/** The finite values, ascending. NaN and infinities are left out. */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (Number.isFinite(v)) out[n++] = v;
  }
  return out.subarray(0, n).sort();
}

/**
 * Quantile of ascending values, linear between order statistics (Hyndman & Fan 1996, type 7).
 * @returns NaN for no values
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const h = (n - 1) * Math.min(1, Math.max(0, q));
  const low = Math.floor(h);
  const a = sorted[low]!;
  const b = sorted[Math.min(n - 1, low + 1)]!;
  return a === b ? a : a + (h - low) * (b - a);
}

/** Median of the finite values; NaN for none. */
export function median(values: ArrayLike<number>): number {
  return quantileOfSorted(sortedFinite(values), 0.5);
}

/** Median absolute deviation from the median, times 1.4826 (σ of a normal sample); NaN for no values. */
export function mad(values: ArrayLike<number>): number {
  const sorted = sortedFinite(values);
  const center = quantileOfSorted(sorted, 0.5);
  return 1.4826 * quantileOfSorted(sorted.map((v) => Math.abs(v - center)).sort(), 0.5);
}
