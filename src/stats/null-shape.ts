import { quantileOfSorted } from './quantile.js';

/** What the ordinary samples of a series look like, as far as it bears on how far chance carries a statistic. */
export interface NullShape {
  /** Ordinary samples. */
  readonly count: number;
  /** Quantities of which each is near 0 for independent normal samples. */
  readonly traits: readonly number[];
}

/** L-skewness and L-kurtosis (that of the normal law taken off) of ascending values; 0 for constant or fewer than four. */
export function tailShape(sorted: Float64Array): readonly [skew: number, tail: number] {
  const n = sorted.length;
  if (n < 4) return [0, 0];
  const origin = quantileOfSorted(sorted, 0.5);
  const b = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    let term = sorted[i]! - origin;
    for (let k = 0; k < 4; k++) {
      b[k]! += term;
      term *= (i - k) / (n - 1 - k);
    }
  }
  const [b0, b1, b2, b3] = b.map((sum) => sum / n) as [number, number, number, number];
  const l2 = 2 * b1 - b0;
  if (!(l2 > 0)) return [0, 0];
  return [(6 * b2 - 6 * b1 + b0) / l2, (20 * b3 - 30 * b2 + 12 * b1 - b0) / l2 - NORMAL];
}

/** L-kurtosis of the normal law (Hosking 1990, JRSS B 52:105). */
const NORMAL = 0.1226;

/**
 * Autocorrelations at lags 1 and 2 of values clipped at ±2.5, the small-sample bias (Kendall 1954) put back; at least 0.
 * @param use - which values count
 */
export function nearMemory(values: Float64Array, use: Uint8Array): readonly [one: number, two: number] {
  const n = values.length;
  const clipped = (i: number): number => Math.min(2.5, Math.max(-2.5, values[i]!));
  let mean = 0;
  let m = 0;
  for (let i = 0; i < n; i++)
    if (use[i]) {
      mean += clipped(i);
      m++;
    }
  mean /= m;
  const product = (lag: number): number => {
    let sum = 0;
    let pairs = 0;
    for (let i = lag; i < n; i++)
      if (use[i] && use[i - lag]) {
        sum += (clipped(i) - mean) * (clipped(i - lag) - mean);
        pairs++;
      }
    return pairs > 3 ? sum / pairs : 0;
  };
  const variance = product(0);
  // scores are of the order of one: less is the rounding of a constant, which remembers nothing
  if (!(variance > 1e-12)) return [0, 0];
  const one = product(1) / variance;
  return [
    Math.max(0, Math.min(0.95, one + (1 + 3 * Math.max(0, one)) / m)),
    Math.max(0, Math.min(0.95, product(2) / variance + 2 / m)),
  ];
}
