import chisquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import { scoreOf, TINY } from './normal.js';

/** What is ordinary for whole events: a rate and how much more than Poisson it scatters. */
export interface CountLaw {
  /** Events per second. */
  readonly rate: number;
  /** Variance over mean of the counts, at least 1. */
  readonly dispersion: number;
  /** Events and seconds the law was learnt from. */
  readonly events: number;
  readonly seconds: number;
  /** Signed standard score of `count` events in `seconds`. NaN for NaN. */
  readonly score: (count: number, seconds: number) => number;
}

/** Chance of `count` events or more when `mean` are expected: Poisson, continued to non-whole numbers. */
export function poissonUpper(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return TINY;
  return Math.max(TINY, chisquareCdf(2 * mean, 2 * count));
}

/** Chance of `count` events or fewer when `mean` are expected. */
export function poissonLower(count: number, mean: number): number {
  if (mean <= 0) return 1;
  return Math.max(TINY, 1 - chisquareCdf(2 * mean, 2 * (count + 1)));
}

/**
 * The law of whole events: quasi-Poisson, i.e. Poisson in units of the dispersion. The rate is learnt with half an
 * event more than was seen, so that a counter that never moved does not make the first event infinitely surprising.
 * @param counts - whole events per interval in ordinary times; NaN is left out
 * @param seconds - length of each interval
 * @param fresh - share of each interval that does not overlap the one before, for smoothed rates
 */
export function countLaw(counts: ArrayLike<number>, seconds: ArrayLike<number>, fresh = 1): CountLaw {
  let events = 0;
  let exposure = 0;
  for (let i = 0; i < counts.length; i++) {
    const c = counts[i]!;
    const e = seconds[i]!;
    if (!Number.isFinite(c) || !(e > 0)) continue;
    events += c;
    exposure += e;
  }
  events *= fresh;
  exposure *= fresh;
  const rate = exposure > 0 ? events / exposure : 0;
  const dispersion = scatter(counts, seconds, rate, fresh);
  const careful = exposure > 0 ? (events + 0.5 * dispersion) / exposure : 0;
  return {
    rate,
    dispersion,
    events,
    seconds: exposure,
    score: (count, length) => score(count, rate * length, careful * length, dispersion),
  };
}

/** Pseudo-observations that draw the dispersion towards 1. */
const PRIOR = 2;

/** Pearson's χ² over degrees of freedom, drawn towards 1, never below 1. */
function scatter(counts: ArrayLike<number>, seconds: ArrayLike<number>, rate: number, fresh: number): number {
  if (!(rate > 0)) return 1;
  let chi = 0;
  let n = 0;
  for (let i = 0; i < counts.length; i++) {
    const c = counts[i]!;
    const e = seconds[i]!;
    if (!Number.isFinite(c) || !(e > 0)) continue;
    const mean = rate * e;
    chi += (c - mean) ** 2 / mean;
    n++;
  }
  return Math.max(1, (chi * fresh + PRIOR) / (Math.max(0, n * fresh - 1) + PRIOR));
}

function score(count: number, mean: number, careful: number, dispersion: number): number {
  if (!Number.isFinite(count) || !Number.isFinite(mean)) return NaN;
  // mid-p: half the weight of the observed count itself, so that ordinary counts score 0 on average
  if (count > careful) {
    const p = (countUpper(count, careful, dispersion) + countUpper(count + 1, careful, dispersion)) / 2;
    return Math.max(0, scoreOf(p));
  }
  const p = 1 - (countUpper(count, mean, dispersion) + countUpper(count + 1, mean, dispersion)) / 2;
  return Math.min(0, -scoreOf(Math.max(TINY, p)));
}

/**
 * Chance of `count` events or more when `mean` are expected with the given variance over mean: negative binomial, or
 * Poisson for a dispersion of 1.
 */
export function countUpper(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 1;
  if (!(mean > 0)) return TINY;
  if (dispersion < 1.02) return poissonUpper(count, mean);
  const size = mean / (dispersion - 1);
  const q = (dispersion - 1) / dispersion;
  const log = lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * Math.log1p(-q) + count * Math.log(q);
  if (log < -690) return TINY;
  let term = Math.exp(log);
  let sum = term;
  // terms grow up to the mode before they fall
  for (let k = count + 1; k < count + 100_000; k++) {
    term *= (q * (k - 1 + size)) / k;
    sum += term;
    if (term < 1e-12 * sum) break;
  }
  return Math.min(1, Math.max(TINY, sum));
}

/** log Γ(x) for x > 0, Stirling's series after shifting x above 8. */
function lgamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 8) {
    shift -= Math.log(y);
    y += 1;
  }
  const z = 1 / (y * y);
  const series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / y;
  return shift + (y - 0.5) * Math.log(y) - y + 0.9189385332046728 + series;
}
