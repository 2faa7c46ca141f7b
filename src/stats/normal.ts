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

/** Below this the library's quantile loses digits. */
const FAR = 1e-9;

/** The z whose upper tail is `p`; between −36 and 36. */
export function scoreOf(p: number): number {
  if (Number.isNaN(p)) return NaN;
  if (p < FAR) return farScore(Math.max(TINY, p));
  const z = -quantile(Math.min(1 - 1e-16, p), 0, 1);
  return Math.max(-MOST, Math.min(MOST, z));
}

/** The z of a tiny upper tail: asymptotic start, then Newton's method on the logarithm. */
function farScore(p: number): number {
  const t = -2 * Math.log(p);
  let z = Math.sqrt(t - Math.log(2 * Math.PI * t));
  for (let i = 0; i < 3; i++) {
    const tail = upperTail(z);
    const hazard = Math.exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * tail);
    z += (Math.log(tail) - Math.log(p)) / hazard;
  }
  return Math.min(MOST, z);
}

/**
 * How much wider than normal a limit lies when the scatter was learnt with so few degrees of freedom: Student's quantile
 * over the normal one (expansion of Fisher and Cornish 1960, Technometrics 2:209, to 1/ν²).
 */
export function studentised(alpha: number, freedom: number): number {
  const z = scoreOf(alpha);
  const v = Math.max(1, freedom);
  return 1 + (z ** 2 + 1) / (4 * v) + (5 * z ** 4 + 16 * z ** 2 + 3) / (96 * v ** 2);
}
