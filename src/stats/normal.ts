import cdf from '@stdlib/stats-base-dists-normal-cdf';
import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** Smallest p-value we speak of: below it, models are wrong before chance is. */
export const TINY = 1e-300;

/** Chance that a standard normal exceeds `z`; exact far into the tail. */
export function upperTail(z: number): number {
  return Math.max(TINY, cdf(-z, 0, 1));
}

/** Scores beyond this are all the same: 1e-284. */
const MOST = 36;

/** The z whose upper tail is `p`; between −36 and 36. */
export function scoreOf(p: number): number {
  if (Number.isNaN(p)) return NaN;
  return Math.max(-MOST, Math.min(MOST, -quantile(Math.min(1 - 1e-16, Math.max(TINY, p)), 0, 1)));
}
