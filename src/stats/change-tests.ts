import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';

/** Standard deviation per block that governs sums over many blocks, and the degrees of freedom behind it. */
export function longRun(residual: Float64Array, parameters: number, phi: number) {
  const n = residual.length;
  let zero = 0;
  let one = 0;
  let steps = 0;
  for (let i = 0; i < n; i++) {
    zero += residual[i]! ** 2;
    if (i > 0) {
      one += residual[i]! * residual[i - 1]!;
      steps += (residual[i]! - residual[i - 1]!) ** 2;
    }
  }
  const variance = zero / Math.max(1, n - parameters);
  // lag-one autocorrelation of residuals is too low by about (parameters + 3 rho)/n (Kendall 1954)
  const raw = zero > 0 ? one / zero : 0;
  const rho = Math.min(0.97, Math.max(phi, raw + (parameters + 3 * Math.max(0, raw)) / n));
  const inflation = (1 + rho) / (1 - rho);
  return {
    sigma: Math.sqrt(variance * inflation),
    step: Math.sqrt(steps / Math.max(1, n - 1)),
    // steps of a wandering series are independent, its values are not
    freedom: Math.max(1, (phi < 1 ? n / inflation : n) - parameters),
  };
}

/** Chance of a Student score at least as far from 0. */
export function twoSided(score: number, freedom: number): number {
  return 2 * tCdf(-score, freedom);
}

/**
 * Chance that the largest of all standardised two-sample contrasts of `n` noise blocks exceeds `score`.
 * @param shortest - blocks that either side must have at least
 * @remarks James, James & Siegmund 1987 (Biometrika 74:71); the overshoot correction after Siegmund 1985.
 */
export function maximumTail(score: number, freedom: number, n: number, shortest: number): number {
  const single = twoSided(score, freedom);
  if (!(single > 0)) return 0;
  const b = single < 1e-15 ? Math.max(8, score) : -normalQuantile(single / 2, 0, 1);
  if (!(b > 1)) return 1;
  const density = Math.exp(-(b * b) / 2) / Math.sqrt(2 * Math.PI);
  const edge = shortest / Math.max(n, 2 * shortest + 1);
  const range = 2 * Math.log((1 - edge) / edge);
  // overshoot of a walk seen only at its steps
  const discrete = Math.exp(-0.583 * b * Math.sqrt(1 / Math.max(1, n / 4)));
  const tail = b * density * ((1 - 1 / (b * b)) * range * discrete + 4 / (b * b));
  return Math.min(1, Math.max(single, Math.min(tail, n * single)));
}
