import type { ForeignSeries, Imported } from './foreign.js';
import type { Source } from '../types/series.js';
import { seriesKey } from './key.js';

/**
 * What was imported, in an order that does not depend on the order in which the files came: by file, then line, then as
 * the file tells it. Archives and lists of paths come in any order, and the same files must give the same bytes.
 */
export function canonical(imported: Imported): Imported {
  const files = [...imported.files].sort((a, b) => compare(a.path, b.path));
  return {
    ...imported,
    files,
    clocks: new Map([...imported.clocks].sort(([a], [b]) => compare(a, b))),
    expressions: new Map([...imported.expressions].sort(([a], [b]) => compare(a, b))),
    series: inOrder(imported.series, placeOf),
    facts: inOrder(imported.facts, ({ source }) => lineOf(source)),
    events: inOrder(imported.events, ({ source }) => lineOf(source)),
    problems: files.flatMap((file) => file.problems),
  };
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** Made only where file and line do not decide; things of one place without it stay as they came. */
  readonly key?: () => string;
}

function inOrder<T>(items: readonly T[], place: (item: T) => Place): T[] {
  return items
    .map((item) => ({ item, at: place(item), key: undefined as string | undefined }))
    .sort((a, b) => {
      const by = compare(a.at.file, b.at.file) || a.at.line - b.at.line;
      if (by !== 0 || a.at.key === undefined || b.at.key === undefined) return by;
      return compare((a.key ??= a.at.key()), (b.key ??= b.at.key()));
    })
    .map(({ item }) => item);
}

/** Where the first sample of a series stands. Series are joined over files, so that the order they came in depends on these. */
function placeOf({ origin, importer, name, labels }: ForeignSeries): Place {
  const file = typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0);
  const line = typeof origin.line === 'number' ? origin.line : (origin.line[0] ?? 0);
  return { file: origin.files[file] ?? '', line, key: () => natural(`${importer} ${seriesKey(name, labels)}`) };
}

/** A key whose numbers sort by size: `order="2"` before `order="10"`. */
function natural(key: string): string {
  return key.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

function lineOf({ file, line }: Source): Place {
  return { file, line: line ?? 0 };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
