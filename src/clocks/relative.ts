import { problem } from '../errors.js';
import type { ClockStatement } from '../types/case.js';
import type { Problem } from '../types/problem.js';
import type { LogEvent, Series } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { offsetBetween, type Offset } from './skew.js';

export interface Placed {
  readonly series: readonly Series[];
  readonly events: readonly LogEvent[];
  readonly clocks: readonly ClockStatement[];
  readonly problems: readonly Problem[];
}

/** A place that is known no better is none, ms. */
const VAGUE = 60_000;

/** Files whose times count from a start that nobody knows, after `placeRelative`. */
export function unplaced(clocks: readonly ClockStatement[]): Set<string> {
  return new Set(clocks.flatMap(({ zone, how, file }) => (zone === 'relative' && how === 'assumed' ? [file] : [])));
}

/**
 * Files with times from an unknown start, put where their readings lie between those of sources of known clock. What no
 * readings in common place consistently stays where it is.
 */
export function placeRelative(
  series: readonly Series[],
  events: readonly LogEvent[],
  clocks: readonly ClockStatement[],
): Placed {
  const open = unplaced(clocks);
  const absolute = series.filter(({ source }) => !open.has(source.file));
  const found = new Map<string, { offset: Offset; against: string }>();
  for (const file of absolute.length === 0 ? [] : open) {
    const own = series.filter(({ source }) => source.file === file);
    for (const reference of byImporter(absolute)) {
      const offset = own.length === 0 ? null : offsetBetween(reference, own);
      if (offset === null || offset.uncertainty > VAGUE) continue;
      found.set(file, { offset, against: reference[0]!.source.file });
      break;
    }
  }
  if (found.size === 0) return { series, events, clocks, problems: [] };
  const amount = (file: string): Milliseconds => -(found.get(file)?.offset.offset ?? 0);
  return {
    series: series.map((one) => {
      const by = amount(one.source.file);
      return by === 0 ? one : { ...one, time: one.time.map((t) => t + by) };
    }),
    events: events.map((one) => ({ ...one, time: one.time + amount(one.source.file) })),
    clocks: clocks.map((clock): ClockStatement => {
      const place = found.get(clock.file)?.offset;
      if (place === undefined) return clock;
      const evidence = { series: place.series, equal: place.equal };
      return { ...clock, how: 'inferred', shift: -place.offset, evidence };
    }),
    problems: [...found].map(([file, { offset, against }]) => {
      const { series: pairs, equal, uncertainty } = offset;
      return problem('RELATIVE_PLACED', file, { against, series: pairs, equal, uncertainty: uncertainty / 1000 });
    }),
  };
}

function byImporter(series: readonly Series[]): Series[][] {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const group = groups.get(one.source.importer);
    if (group === undefined) groups.set(one.source.importer, [one]);
    else group.push(one);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
