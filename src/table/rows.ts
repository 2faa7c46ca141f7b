import type { Sink } from '../importers/importer.js';
import type { DumpFile, Head } from '../types/dump.js';
import { detectDialect } from './dialect.js';
import { readRecords, splitRecord } from './records.js';

/** One row of a table with a known header. */
export interface Row {
  readonly line: number;
  /** Cell of the first of these columns that is there and not empty; column names without case and punctuation. */
  cell(...names: readonly string[]): string | undefined;
}

/** Column name reduced to what matters: `frame.time_epoch` → `frametimeepoch`. */
function plain(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Header of a table, as its names without case and punctuation. */
export function headerOf(head: Head): readonly string[] {
  const lines = head.complete ? head.lines : head.lines.slice(0, -1);
  const dialect = detectDialect(lines);
  const first = lines[dialect.skip]?.replace(/^\uFEFF?#? ?/, '') ?? '';
  return splitRecord(first, dialect.delimiter).map(plain);
}

/** Rows of a table below its header; rows with too few cells are reported and left out. */
export async function* tableRows(file: DumpFile, sink: Sink): AsyncGenerator<Row> {
  const dialect = detectDialect(file.head.complete ? file.head.lines : file.head.lines.slice(0, -1));
  let columns: Map<string, number> | undefined;
  const unclosed = (line: number): void => sink.problem('UNCLOSED_QUOTE', { line }, line);
  let rows = 0;
  for await (const records of readRecords(file.lines(), dialect, unclosed)) {
    for (const { cells, line } of records) {
      if (cells.length === 0) continue;
      if (columns === undefined) {
        columns = new Map(cells.map((cell, i) => [plain(cell.replace(/^\uFEFF?#? ?/, '')), i] as const));
        continue;
      }
      const index = columns;
      if (cells.length < index.size) sink.problem('SHORT_ROW', { expected: index.size, found: cells.length }, line);
      else {
        if (cells.slice(index.size).some((cell) => cell.trim() !== ''))
          sink.problem('COLUMNS_DIFFER', { expected: index.size, found: cells.length }, line);
        rows++;
        yield { line, cell: (...names) => pick(cells, index, names) };
      }
    }
  }
  if (rows === 0) sink.problem('NO_ROWS');
}

function pick(
  cells: readonly string[],
  index: ReadonlyMap<string, number>,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const at = index.get(plain(name));
    const cell = at === undefined ? undefined : cells[at]?.trim();
    if (cell !== undefined && cell !== '') return cell;
  }
  return undefined;
}
