import { problem } from '../errors.js';
import type { ClockStatement } from '../types/case.js';
import type { Problem } from '../types/problem.js';
import type { Series } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { compareClocks, noBounds, type Bounds } from './lag.js';

/** How far a clock is ahead of another one, and how well that is known. */
export interface Offset {
  readonly offset: Milliseconds;
  /** Half the interval the offset lies in; at least half the coarser step unless equal values pin it. */
  readonly uncertainty: Milliseconds;
  /** Pairs of series compared. */
  readonly series: number;
  /** Readings found in both, under whatever times. */
  readonly equal: number;
}

/** Bounds that a clock may break (a late reading, a lost race) before they are taken at their word. */
const TRIMMED = 0.01;
const MIN_BOUNDS = 20;
const MIN_PAIRS = 2;
/** Chance, that of an offset of the grid of queries, which is left open. */
const CHANCE = 0.05;
/** How clearly an offset must exceed its uncertainty. */
const CLEARLY = 1.25;
/** Beyond it is another zone or another day, not a clock that runs ahead. */
const LARGEST = 15 * 60_000;
const MAX_PAIRS = 400;

/** The offset that the bounds leave; null when they are few or contradict each other. */
export function offsetOf(bounds: Bounds): Offset | null {
  if (bounds.low.length < MIN_BOUNDS) return null;
  const rounded = bounds.seconds ? 1000 : 0;
  const drop = Math.floor(bounds.low.length * TRIMMED);
  let low = bounds.low.slice().sort((a, b) => b - a)[drop]! - rounded;
  let high = bounds.high.slice().sort((a, b) => a - b)[drop]! + rounded;
  if (low >= high) return null;
  const pin = pinned(bounds);
  const isPinned = pin !== null && pin.at + pin.within > low && pin.at - pin.within < high;
  if (isPinned) {
    low = Math.max(low, pin.at - pin.within);
    high = Math.min(high, pin.at + pin.within);
  }
  const least = isPinned ? 0 : bounds.step / 2;
  return {
    offset: Math.round((low + high) / 2),
    uncertainty: Math.round(Math.max((high - low) / 2, least)),
    series: bounds.pairs,
    equal: bounds.equal.length,
  };
}

/**
 * Equal readings under times a constant distance apart. Irregular times that are shifted as a whole pin the offset; on two
 * grids the distance may also come from queries asked at other instants, and then each target, read at its own phase,
 * would show another distance with the chance of its share in a step.
 */
function pinned(bounds: Bounds): { readonly at: Milliseconds; readonly within: Milliseconds } | null {
  const lags = bounds.equal.slice().sort((a, b) => a - b);
  if (lags.length < MIN_BOUNDS / 2) return null;
  const spread = lags[Math.ceil(lags.length * 0.99) - 1]! - lags[Math.floor(lags.length * TRIMMED)]!;
  if (spread > 1000) return null;
  const at = lags[lags.length >> 1]!;
  const least = Math.max(spread / 2, bounds.seconds ? 500 : 0);
  if (bounds.jitter > 4 * Math.max(spread, 250)) return { at, within: least };
  return { at, within: Math.max(least, bounds.equalStep * (1 - CHANCE ** (1 / bounds.targets.size))) };
}

/** The offset of the second of two sources of series with the same keys. */
export function offsetBetween(reference: readonly Series[], other: readonly Series[]): Offset | null {
  const known = byKey(reference);
  const bounds = noBounds();
  for (const [key, b] of byKey(other)) {
    const a = known.get(key);
    // several series of one thing in one source: which is compared with which is not known
    if (a === undefined || b === undefined || a === null || b === null) continue;
    compareClocks(bounds, a, b);
    if (bounds.pairs >= MAX_PAIRS) break;
  }
  return bounds.pairs < MIN_PAIRS ? null : offsetOf(bounds);
}

function byKey(series: readonly Series[]): Map<string, Series | null> {
  const map = new Map<string, Series | null>();
  for (const one of series) {
    if (one.time.length < 5) continue;
    const key = `${one.kind} ${one.window ?? 0} ${one.key}`;
    map.set(key, map.has(key) ? null : one);
  }
  return map;
}

export interface Skews {
  readonly clocks: readonly ClockStatement[];
  readonly problems: readonly Problem[];
}

/**
 * Constant offsets between the clocks of the sources of a case, stated where they clearly exceed their uncertainty. No
 * time is changed. A source is what one importer read from one folder, or one file at the top; the one with the most
 * series is the reference.
 */
export function measureSkews(series: readonly Series[], clocks: readonly ClockStatement[]): Skews {
  const statements = new Map(clocks.map((clock) => [clock.file, clock]));
  const apart = new Set(clocks.filter(({ zone, how }) => zone === 'relative' && how !== 'inferred').map(({ file }) => file)); // prettier-ignore
  const sources = [...groupsOf(series.filter(({ source }) => !apart.has(source.file)))];
  sources.sort(([x, a], [y, b]) => b.length - a.length || (x < y ? -1 : 1));
  const references: (readonly Series[])[] = [];
  const problems: Problem[] = [];
  for (const [, own] of sources) {
    let found: Offset | null = null;
    let against = '';
    for (const reference of references) {
      found = offsetBetween(reference, own);
      if (found === null) continue;
      against = reference[0]!.source.file;
      break;
    }
    const clear = found !== null && Math.abs(found.offset) > CLEARLY * found.uncertainty;
    if (found === null || !clear || Math.abs(found.offset) > LARGEST) {
      references.push(own);
      continue;
    }
    problems.push(stated(own, found, against, statements));
  }
  if (problems.length === 0) return { clocks, problems };
  return { clocks: [...statements.values()].sort((a, b) => (a.file < b.file ? -1 : 1)), problems };
}

function stated(own: readonly Series[], found: Offset, against: string, to: Map<string, ClockStatement>): Problem {
  const files = [...new Set(own.map(({ source }) => source.file))].sort();
  const { offset, uncertainty, series, equal } = found;
  for (const file of files) {
    const clock = to.get(file) ?? { file, zone: 'UTC', how: 'stated' as const, shift: 0 };
    to.set(file, { ...clock, skew: { offset, uncertainty, corrected: false, series, equal, against } });
  }
  const first = files[0]!;
  const all = files.length > 1 ? `${first.slice(0, first.lastIndexOf('/') + 1)}*` : first;
  const args = {
    file: all,
    seconds: `${offset > 0 ? '+' : '−'}${seconds(Math.abs(offset))}`,
    uncertainty: seconds(uncertainty),
    against,
    series,
  };
  return problem('CLOCK_SKEW', first, args);
}

function seconds(ms: Milliseconds): string {
  return String(Math.round(ms / 100) / 10);
}

function groupsOf(series: readonly Series[]): Map<string, Series[]> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const { file, importer } = one.source;
    const folder = file.slice(0, file.lastIndexOf('/') + 1).replace(/\d+/g, '#');
    const key = `${folder === '' ? file : folder} ${importer}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
