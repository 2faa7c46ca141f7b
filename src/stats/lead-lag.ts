import { scoreOf, upperTail } from './normal.js';

export interface LeadLag {
  /** Which series moves first; `untold` when there is no relation or its sign cannot be resolved. */
  readonly verdict: 'first' | 'second' | 'untold';
  /** Why it is untold: no significant relation, a lag that may as well be zero, or too few samples. */
  readonly reason?: 'no-relation' | 'resolution' | 'too-few';
  /** Samples by which the first series is ahead (negative: behind) where the two agree best. */
  readonly lag: number;
  /** Lags that agree about as well: the true one lies among them with about 95 %. */
  readonly from: number;
  readonly to: number;
  /** Correlation of the whitened series at that lag. */
  readonly correlation: number;
  /** Chance of so strong an agreement at any of the lags between unrelated series of this autocorrelation. */
  readonly p: number;
}

export interface LeadLagOptions {
  /** Largest lag to consider, samples; a quarter of the series by default, at most 100. */
  readonly maxLag?: number;
  readonly alpha?: number;
}

const FEWEST = 20;

/**
 * Which of two series leads, with a significance that autocorrelation cannot inflate, or that it cannot be told.
 * @param first - evenly spaced samples, NaN = missing
 * @param second - the same instants
 * @remarks Ranks are turned into normal scores (no outlier decides), both series pass one autoregressive filter fitted to
 * their pooled autocorrelation (prewhitening, Box & Jenkins 1976, keeps the lag), what autocorrelation remains widens the
 * error by Bartlett's formula (1946), and p is corrected for the number of lags.
 */
export function leadLag(first: ArrayLike<number>, second: ArrayLike<number>, options: LeadLagOptions = {}): LeadLag {
  const n = Math.min(first.length, second.length);
  const a = normalScores(first, n);
  const b = normalScores(second, n);
  const known = paired(a, b);
  if (known < FEWEST) return untold('too-few');
  const rhoA = autocorrelation(a, orderOf(n));
  const rhoB = autocorrelation(b, orderOf(n));
  const filter = levinson(
    rhoA.map((r, k) => (r + rhoB[k]!) / 2),
    known,
  );
  const x = filtered(a, filter);
  const y = filtered(b, filter);
  const maxLag = Math.max(1, Math.min(options.maxLag ?? Math.min(100, Math.floor(n / 4)), Math.floor(n / 2)));
  const inflation = bartlett(x, y);
  const correlations: number[] = [];
  let best = 0;
  for (let lag = -maxLag; lag <= maxLag; lag++) {
    correlations.push(crossCorrelation(x, y, lag, inflation).score);
    if (Math.abs(correlations.at(-1)!) > Math.abs(correlations[best]!)) best = correlations.length - 1;
  }
  const score = Math.abs(correlations[best]!);
  const p = 1 - (1 - Math.min(1, 2 * upperTail(score))) ** correlations.length;
  const lag = best - maxLag;
  const { r } = crossCorrelation(x, y, lag, inflation);
  if (!(p <= (options.alpha ?? 0.05))) return { ...untold('no-relation'), lag, correlation: r, p };
  // two correlations of the same pair differ by chance by less than this (95 %, independent errors)
  const slack = scoreOf(0.025) * Math.SQRT2 * Math.sqrt(Math.max(0.05, 1 - r * r));
  const rivals = correlations.flatMap((s, i) =>
    Math.sign(s) === Math.sign(correlations[best]!) && Math.abs(s) >= score - slack ? [i - maxLag] : [],
  );
  const from = Math.min(...rivals);
  const to = Math.max(...rivals);
  const found = { lag, from, to, correlation: r, p };
  if (from > 0) return { verdict: 'first', ...found };
  if (to < 0) return { verdict: 'second', ...found };
  return { verdict: 'untold', reason: 'resolution', ...found };
}

function untold(reason: 'no-relation' | 'resolution' | 'too-few'): LeadLag {
  return { verdict: 'untold', reason, lag: 0, from: 0, to: 0, correlation: 0, p: 1 };
}

/** Normal scores of the ranks (ties share their mean rank); NaN stays. */
function normalScores(values: ArrayLike<number>, n: number): Float64Array {
  const order: number[] = [];
  for (let i = 0; i < n; i++) if (Number.isFinite(values[i]!)) order.push(i);
  order.sort((i, j) => values[i]! - values[j]!);
  const out = new Float64Array(n).fill(NaN);
  for (let k = 0; k < order.length;) {
    let end = k + 1;
    while (end < order.length && values[order[end]!] === values[order[k]!]) end++;
    const rank = (k + end - 1) / 2 + 0.5;
    for (let j = k; j < end; j++) out[order[j]!] = -scoreOf(rank / order.length);
    k = end;
  }
  return out;
}

function paired(a: Float64Array, b: Float64Array): number {
  let count = 0;
  let varied = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! * b[i]!)) continue;
    count++;
    varied += Math.abs(a[i]!) > 1e-9 && Math.abs(b[i]!) > 1e-9 ? 1 : 0;
  }
  return varied > 0 ? count : 0;
}

function orderOf(n: number): number {
  return Math.max(1, Math.min(10, Math.floor(n / 20)));
}

function autocorrelation(x: Float64Array, order: number): number[] {
  const out: number[] = [];
  for (let k = 0; k <= order; k++) out.push(lagProduct(x, x, k).mean);
  const zero = out[0]!;
  return out.map((v) => (zero > 0 ? v / zero : 0));
}

/** Mean of x[i]·y[i + lag] over known pairs. */
function lagProduct(x: Float64Array, y: Float64Array, lag: number): { mean: number; count: number } {
  let sum = 0;
  let count = 0;
  for (let i = Math.max(0, -lag); i < x.length && i + lag < y.length; i++) {
    const product = x[i]! * y[i + lag]!;
    if (Number.isNaN(product)) continue;
    sum += product;
    count++;
  }
  return { mean: count > 0 ? sum / count : 0, count };
}

/** Autoregressive coefficients of the order that Akaike's criterion prefers (Levinson–Durbin). */
function levinson(rho: readonly number[], n: number): number[] {
  let coefficients: number[] = [];
  let best: number[] = [];
  let error = 1;
  let least = 0;
  for (let k = 1; k < rho.length; k++) {
    let reflection = rho[k]!;
    for (let j = 0; j < k - 1; j++) reflection -= coefficients[j]! * rho[k - 1 - j]!;
    reflection = Math.max(-0.999, Math.min(0.999, reflection / error));
    coefficients = [...coefficients.map((c, j) => c - reflection * coefficients[k - 2 - j]!), reflection];
    error *= 1 - reflection * reflection;
    const criterion = n * Math.log(error) + 2 * k;
    if (criterion < least) {
      least = criterion;
      best = coefficients;
    }
  }
  return best;
}

function filtered(x: Float64Array, coefficients: readonly number[]): Float64Array {
  return x.map((v, i) => {
    if (i < coefficients.length) return NaN;
    let out = v;
    for (let j = 0; j < coefficients.length; j++) out -= coefficients[j]! * x[i - 1 - j]!;
    return out;
  });
}

/** Factor by which common autocorrelation widens the variance of a cross-correlation. */
function bartlett(x: Float64Array, y: Float64Array): number {
  const reach = Math.min(20, Math.floor(x.length / 5));
  const a = autocorrelation(x, reach);
  const b = autocorrelation(y, reach);
  let sum = 1;
  for (let k = 1; k <= reach; k++) sum += 2 * a[k]! * b[k]! * (1 - k / x.length);
  return Math.max(1, sum);
}

function crossCorrelation(x: Float64Array, y: Float64Array, lag: number, inflation: number) {
  const { mean, count } = lagProduct(x, y, lag);
  const spread = Math.sqrt(lagProduct(x, x, 0).mean * lagProduct(y, y, 0).mean);
  const r = spread > 0 && count > 0 ? Math.max(-1, Math.min(1, mean / spread)) : 0;
  return { r, score: r * Math.sqrt(count / inflation) };
}
