import { upperTail } from '../stats/normal.js';
import { tailShape } from '../stats/null-shape.js';

/**
 * Scores of the highest and the lowest sample, the lower the heavier the tails of ordinary times look (L-kurtosis, and
 * L-skewness to that side): few samples do not show how far they reach. The weights keep the chance of an extreme under
 * Student (3) and log-normal noise near the nominal one (`npm run bench:detect`).
 */
export function extremes(reference: Float64Array, scores: readonly number[]): { high: number; low: number } {
  const [skew, tail] = tailShape(reference);
  const heavy = 1 + 1.5 * Math.max(0, tail);
  return {
    high: Math.max(...scores) / (heavy + 0.4 * Math.max(0, skew)),
    low: -Math.min(...scores) / (heavy + 0.4 * Math.max(0, -skew)),
  };
}

/** p-value of the better of two tests: the mean of the window, and its most extreme sample. */
export function either(mean: number, extreme: number, n: number): number {
  if (n === 1) return upperTail(mean);
  return Math.min(1, 2 * Math.min(upperTail(mean), n * upperTail(extreme)));
}
