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

/** Pearson's χ² over degrees of freedom, drawn towards 1 by five pseudo-observations, never below 1. */
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
  return Math.max(1, (chi * fresh + 5) / (Math.max(0, n * fresh - 1) + 5));
}

function score(count: number, mean: number, careful: number, dispersion: number): number {
  if (!Number.isFinite(count) || !Number.isFinite(mean)) return NaN;
  const c = count / dispersion;
  if (count > careful) {
    const mu = careful / dispersion;
    // mid-p: half the weight of the observed count itself, so that ordinary counts score 0 on average
    const p = (poissonUpper(c, mu) + poissonUpper(c + 1 / dispersion, mu)) / 2;
    return Math.max(0, scoreOf(p));
  }
  const mu = mean / dispersion;
  const p = (poissonLower(c, mu) + (c > 0 ? poissonLower(c - 1 / dispersion, mu) : 0)) / 2;
  return Math.min(0, -scoreOf(p));
}
