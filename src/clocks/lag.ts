import type { Series } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';

/** What is known of how far the clock of one source is ahead of that of another, from pairs of series of one thing. */
export interface Bounds {
  /** Pairs of series that said anything. */
  pairs: number;
  /** Each: the offset lies above the first and below the second number, ms. */
  readonly low: Milliseconds[];
  readonly high: Milliseconds[];
  /** Distances of the times under which one and the same reading is shown in both sources, ms. */
  readonly equal: Milliseconds[];
  /** What was read apart from the others, at its own instants: one entry per exporter and node. */
  readonly targets: Set<string>;
  /** The coarser step of the finest pair, and of the finest pair with equal readings, ms. */
  step: Milliseconds;
  equalStep: Milliseconds;
  /** Whether the readings of the reference carry times of their own, not those of a grid: spread of their distances, ms. */
  jitter: Milliseconds;
  /** Whether times of either are whole seconds, perhaps by rounding. */
  seconds: boolean;
}

export function noBounds(): Bounds {
  return { pairs: 0, low: [], high: [], equal: [], targets: new Set(), step: Infinity, equalStep: Infinity, jitter: 0, seconds: false }; // prettier-ignore
}

/** Share of the readings of a source that must be found in the other before both are taken for copies of one store. */
const COPIED = 0.8;
const MIN_EQUAL = 5;

/** Adds what two series of one thing tell of the offset of the second one's clock against the first one's. */
export function compareClocks(sum: Bounds, a: Series, b: Series): void {
  const before = sum.low.length;
  if (a.kind === 'counter' && b.kind === 'counter' && isPlain(a) && isPlain(b)) bracket(sum, a, b);
  if (a.kind === b.kind && (a.window ?? 0) === (b.window ?? 0)) matchEqual(sum, a, b);
  if (sum.low.length === before) return;
  sum.pairs++;
  sum.step = Math.min(sum.step, Math.max(a.step, b.step));
  sum.seconds ||= wholeSeconds(a.time) || wholeSeconds(b.time);
}

/** Read as one number: sums of parts that were read at different instants say less about when. */
function isPlain({ source, value }: Series): boolean {
  if (source.conversion?.includes(' over ') === true) return false;
  for (let i = 1; i < value.length; i++) if (!(value[i]! >= value[i - 1]!)) return false;
  return true;
}

/**
 * A count that lies between two readings of the other source was read between them. Stamps may be later than the reading
 * (a query shows the last scrape), so a reading is only placed after the stamp before the one that first shows it.
 */
function bracket(sum: Bounds, a: Series, b: Series): void {
  const slack = (a.rounding ?? 0) + (b.rounding ?? 0);
  for (let j = 1; j < b.value.length; j++) {
    const v = b.value[j]!;
    if (v === b.value[j - 1]) continue;
    const tolerance = slack + 1e-9 * Math.abs(v);
    const below = firstAtLeast(a.value, v - tolerance) - 1;
    const above = firstAtLeast(a.value, v + tolerance + Number.MIN_VALUE);
    if (below < 1 || above >= a.value.length || !(a.value[above]! > v + tolerance)) continue;
    const shown = firstAtLeast(a.value, a.value[below]!);
    if (shown < 1) continue;
    sum.low.push(b.time[j - 1]! - a.time[above]!);
    sum.high.push(b.time[j]! - a.time[shown - 1]!);
  }
}

/** Index of the first of ascending numbers that is not below `x`. */
function firstAtLeast(value: Float64Array, x: number): number {
  let from = 0;
  let to = value.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value[middle]! < x) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Readings that occur once in each of two sources, if nearly all of one are found in the other: copies of one store. */
function matchEqual(sum: Bounds, a: Series, b: Series): void {
  const known = singles(a.value);
  const own = [...singles(b.value)].filter(([, j]) => j > 0);
  const found = own.flatMap(([v, j]): [number, number][] => {
    const i = known.get(v);
    return i === undefined || i === 0 ? [] : [[i, j]];
  });
  if (found.length < MIN_EQUAL || found.length < COPIED * own.length) return;
  const lags = found.map(([i, j]) => b.time[j]! - a.time[i]!).sort((x, y) => x - y);
  const typical = lags[lags.length >> 1]!;
  const near = lags.filter((lag) => Math.abs(lag - typical) <= Math.max(a.step, b.step));
  if (near.length < COPIED * lags.length) return;
  for (const [i, j] of found) {
    const lag = b.time[j]! - a.time[i]!;
    if (Math.abs(lag - typical) > Math.max(a.step, b.step)) continue;
    sum.equal.push(lag);
    sum.low.push(b.time[j - 1]! - a.time[i]!);
    sum.high.push(b.time[j]! - a.time[i - 1]!);
  }
  sum.targets.add(`${/^[a-z]+/i.exec(a.source.name ?? '')?.[0] ?? ''} ${a.labels['node'] ?? ''}`);
  sum.equalStep = Math.min(sum.equalStep, Math.max(a.step, b.step));
  sum.jitter = Math.max(sum.jitter, jitterOf(a.time));
}

/** Values that stand in one sample only, with its index. */
function singles(value: Float64Array): Map<number, number> {
  const once = new Map<number, number>();
  const more = new Set<number>();
  value.forEach((v, i) => {
    if (Number.isNaN(v) || more.has(v)) return;
    if (once.delete(v)) more.add(v);
    else once.set(v, i);
  });
  return once;
}

function jitterOf(time: Float64Array): Milliseconds {
  const steps = time.slice(1).map((t, i) => t - time[i]!);
  steps.sort();
  return steps.length < 8 ? 0 : steps[Math.floor(steps.length * 0.9)]! - steps[Math.floor(steps.length * 0.1)]!;
}

function wholeSeconds(time: Float64Array): boolean {
  return time.every((t) => t % 1000 === 0);
}
