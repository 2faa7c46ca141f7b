import type { ForeignSeries, Imported } from './foreign.js';
import type { Source } from '../types/series.js';
import { seriesKey } from './key.js';

/**
 * What was imported, in an order that does not depend on the order in which the files came: by file, then line, then
 * name. Archives and lists of paths come in any order, and the same files must give the same bytes.
 */
export function canonical(imported: Imported): Imported {
  const files = [...imported.files].sort((a, b) => compare(a.path, b.path));
  return {
    ...imported,
    files,
    clocks: new Map([...imported.clocks].sort(([a], [b]) => compare(a, b))),
    expressions: new Map([...imported.expressions].sort(([a], [b]) => compare(a, b))),
    series: inOrder(imported.series, placeOf),
    facts: inOrder(imported.facts, ({ source, name, labels }) => ({ ...lineOf(source), key: () => seriesKey(name, labels) })), // prettier-ignore
    events: inOrder(imported.events, ({ source, kind, labels }) => ({ ...lineOf(source), key: () => seriesKey(kind, labels) })), // prettier-ignore
    problems: files.flatMap((file) => file.problems),
  };
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** Made only where file and line do not decide. */
  readonly key: () => string;
}

function inOrder<T>(items: readonly T[], place: (item: T) => Place): T[] {
  return items
    .map((item) => ({ item, at: place(item) }))
    .sort((a, b) => compare(a.at.file, b.at.file) || a.at.line - b.at.line || compare(a.at.key(), b.at.key()))
    .map(({ item }) => item);
}

/** Where the first sample of a series stands. */
function placeOf({ origin, importer, name, labels }: ForeignSeries): Place {
  const file = typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0);
  const line = typeof origin.line === 'number' ? origin.line : (origin.line[0] ?? 0);
  return { file: origin.files[file] ?? '', line, key: () => `${importer} ${seriesKey(name, labels)}` };
}

function lineOf({ file, line }: Source): Omit<Place, 'key'> {
  return { file, line: line ?? 0 };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
