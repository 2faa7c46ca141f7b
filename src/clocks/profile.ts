import type { ForeignSeries } from '../series/foreign.js';
import { medianStep } from '../series/key.js';
import { omit, splitLabels } from '../series/labels.js';
import { resolveName } from '../series/resolve.js';
import type { Labels } from '../types/series.js';

/** A series made ready for comparison with another one of the same signal. */
export interface Profile {
  readonly signal: string;
  readonly labels: Labels;
  /** How the numbers came: only numbers of one kind can be equal. */
  readonly kind: 'counter' | 'gauge' | 'rate';
  /** Smoothing of a rate, ms; 0 otherwise. */
  readonly window: number;
  readonly time: Float64Array;
  /** In the unit of the signal. */
  readonly value: Float64Array;
  /** Level of a gauge, rate of a counter, at `time`. */
  readonly activity: Float64Array;
  readonly step: number;
  readonly rounding: number;
}

const MAX_POINTS = 600;

/** Labels that say how a number was collected, or that one source has and another lacks. */
const IGNORED = ['node', 'namespace', 'container', 'host'];

/** The profile of a series, null when it is constant, unknown to the catalogue, or too short to tell anything. */
export function profileOf(series: ForeignSeries): Profile | null {
  if (series.time.length < 5) return null;
  const resolved = resolveName(series.name, series.labels)[0];
  if (resolved === undefined || !varies(series.value)) return null;
  const { signal, name, scale, expression } = resolved;
  const every = Math.ceil(series.time.length / MAX_POINTS);
  const time = thin(series.time, every);
  const value = thin(series.value, every).map((one) => one * scale);
  const rated = series.kind === 'rate' || expression?.rate !== undefined;
  const kind = rated ? 'rate' : (name.kind ?? signal.kind);
  return {
    signal: signal.id,
    labels: tellingLabels(series),
    kind,
    window: rated ? (expression?.rate ?? series.window ?? 0) : 0,
    time,
    value,
    activity: kind === 'counter' ? ratesOf(time, value) : value,
    step: medianStep(time),
    rounding: (series.rounding ?? 0) * scale,
  };
}

function tellingLabels(series: ForeignSeries): Labels {
  const { labels } = splitLabels(series.labels, series.name);
  return omit(labels, IGNORED);
}

/** Whether two profiles may be of one thing: no label that both have differs. */
export function compatible(a: Labels, b: Labels): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === undefined || b[name] === value);
}

function varies(value: Float64Array): boolean {
  const first = value.find((one) => !Number.isNaN(one));
  return first !== undefined && value.some((one) => one !== first && !Number.isNaN(one));
}

function thin(column: Float64Array, every: number): Float64Array {
  return every <= 1 ? column : column.filter((_, i) => i % every === 0);
}

function ratesOf(time: Float64Array, value: Float64Array): Float64Array {
  const rates = new Float64Array(value.length).fill(NaN);
  for (let i = 1; i < value.length; i++) {
    const rise = value[i]! - value[i - 1]!;
    if (rise >= 0) rates[i] = (rise * 1000) / (time[i]! - time[i - 1]!);
  }
  return rates;
}

/** What a comparison at one shift has shown; sums, so that comparisons add up. */
export interface Agreement {
  /** Pairs of series that overlap at this shift. */
  pairs: number;
  compared: number;
  equal: number;
  /** Sum of correlations, each weighted by its samples. */
  correlated: number;
  weight: number;
}

export function noAgreement(): Agreement {
  return { pairs: 0, compared: 0, equal: 0, correlated: 0, weight: 0 };
}

export function addAgreement(sum: Agreement, more: Agreement): void {
  sum.pairs += more.pairs;
  sum.compared += more.compared;
  sum.equal += more.equal;
  sum.correlated += more.correlated;
  sum.weight += more.weight;
}

/** Whether the numbers of two profiles are of one making, so that they can be equal. */
export function sameMaking(a: Profile, b: Profile): boolean {
  return a.kind === b.kind && a.window === b.window;
}

/**
 * How well a series, its times already turned into instants, agrees with one of known clock. Each sample of the coarser
 * one is set against the finer one: for equality against the samples of the step before it (a scrape may be that old), for
 * the course against the level there, or against what a finer counter did over the coarser one's step or window.
 */
export function agreement(local: Profile, times: Float64Array, known: Profile): Agreement {
  const swap = known.step > local.step;
  const coarse = swap ? known : { ...local, time: times };
  const fine = swap ? { ...local, time: times } : known;
  const result = noAgreement();
  const pairs: (readonly [number, number])[] = [];
  const same = sameMaking(local, known);
  const slack = Math.max(coarse.step, fine.step);
  const over = coarse.window || coarse.step;
  const last = { at: 0, before: 0, start: 0 };
  for (let i = 0; i < coarse.time.length; i++) {
    const at = coarse.time[i]! + 1;
    last.at = advance(fine.time, last.at, at);
    const nearest = fine.time[last.at] ?? Infinity;
    if (nearest > at || nearest < at - slack - 1) continue;
    last.before = advance(fine.time, last.before, at - over);
    last.start = advance(fine.time, last.start, at - slack);
    const a = coarse.activity[i]!;
    const b = fine.kind === 'counter' ? rateBetween(fine, last.before, last.at) : fine.activity[last.at]!;
    if (Number.isFinite(a) && Number.isFinite(b)) pairs.push([a, b]);
    if (!same || !isInformative(coarse, i)) continue;
    result.compared++;
    if (isNear(coarse, i, fine, last.start, last.at + 1)) result.equal++;
  }
  return correlated(result, pairs);
}

/** Adds the correlation of the courses; too few samples in common say nothing. */
function correlated(result: Agreement, pairs: readonly (readonly [number, number])[]): Agreement {
  if (pairs.length < 5 && result.compared < 3) return noAgreement();
  result.pairs = 1;
  const r = pairs.length < 5 ? NaN : pearson(pairs);
  if (Number.isFinite(r)) {
    result.correlated = r * pairs.length;
    result.weight = pairs.length;
  }
  return result;
}

/** Index of the last time at or before `at`, searched from `from` on. */
function advance(time: Float64Array, from: number, at: number): number {
  let i = from;
  while (i + 1 < time.length && time[i + 1]! <= at) i++;
  return i;
}

function rateBetween({ time, value }: Profile, from: number, to: number): number {
  return to > from && value[to]! >= value[from]!
    ? ((value[to]! - value[from]!) * 1000) / (time[to]! - time[from]!)
    : NaN;
}

/** A sample that differs from the one before says something; a repeated value fits anywhere. */
function isInformative(profile: Profile, i: number): boolean {
  return i > 0 && profile.value[i] !== profile.value[i - 1];
}

/** Equal, rounding granted, to one of some samples; a counter may also lie between the first and the last of them. */
function isNear(coarse: Profile, i: number, fine: Profile, from: number, to: number): boolean {
  const a = coarse.value[i]!;
  const slack = coarse.rounding + fine.rounding + 1e-9 * Math.abs(a);
  const end = Math.min(to, fine.value.length - 1);
  for (let j = from; j <= end; j++) if (Math.abs(a - fine.value[j]!) <= slack) return true;
  return coarse.kind === 'counter' && a >= fine.value[from]! - slack && a <= fine.value[end]! + slack;
}

function pearson(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.length;
  let ma = 0;
  let mb = 0;
  for (const [a, b] of pairs) {
    ma += a / n;
    mb += b / n;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (const [a, b] of pairs) {
    ab += (a - ma) * (b - mb);
    aa += (a - ma) ** 2;
    bb += (b - mb) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
}
