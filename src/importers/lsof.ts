import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { labelsOf } from './tools/text.js';

/** Rows that become facts; further ones are only counted. */
const DETAILED = 5000;

const HEAD = /^COMMAND\s{1,40}PID\s.{0,80}\bFD\s{1,12}TYPE\s.{0,80}\bNAME\s*$/;

interface Column {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * `lsof`: open files per process.
 *
 * ```
 * COMMAND     PID   TID     USER   FD      TYPE             DEVICE SIZE/OFF       NODE NAME
 * nginx         7           root    6u     IPv4              18438      0t0        TCP *:80 (LISTEN)
 * ```
 * Cells may be blank, so they are told apart by where they stand under the head. Counts per process and type become
 * levels; rows become facts whose value is the name.
 */
export const lsof: Importer = {
  id: 'lsof',
  title: 'lsof',
  format: { reference: 'https://man7.org/linux/man-pages/man8/lsof.8.html', versions: 'lsof 4' },
  sniff({ lines }) {
    return lines.slice(0, 60).some((line) => HEAD.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    let columns: readonly Column[] = [];
    let counts: Counts = new Map();
    let time = 0;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) continue;
      if (HEAD.test(line)) {
        flush(sink, counts, time);
        counts = new Map();
        columns = columnsOf(line);
        time = clock.next(number);
        continue;
      }
      if (columns.length === 0 || line.trim() === '') continue;
      const cells = cellsOf(line, columns);
      if (cells.get('PID') === undefined || !/^\d{1,10}$/.test(cells.get('PID') ?? '')) {
        // lsof's own complaints stand between the rows
        if (!line.startsWith('lsof:'))
          sink.problem('BAD_LINE', { expected: 'a row of lsof', found: line.trim() }, number);
        continue;
      }
      rows++;
      count(counts, sink.context, cells);
      if (rows <= DETAILED) row(sink, cells, number);
      else if (rows === DETAILED + 1) sink.problem('ROWS_FOLDED', { limit: DETAILED }, number);
    }
    flush(sink, counts, time);
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('lsof.rows', rows);
    sink.format(`lsof, ${rows} rows`);
  },
};

type Counts = Map<string, { labels: Labels; value: number }>;

function count(counts: Counts, base: Labels, cells: ReadonlyMap<string, string>): void {
  const labels = labelsOf([
    ...Object.entries(base),
    ['pid', cells.get('PID')],
    ['process', cells.get('COMMAND')],
    ['type', cells.get('TYPE')],
  ]);
  const key = JSON.stringify(labels);
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { labels, value: 1 });
  else known.value++;
}

function flush(sink: Sink, counts: Counts, time: number): void {
  for (const { labels, value } of counts.values())
    sink.series('lsof.files', labels, { kind: 'gauge', unit: 'count' }).push(time, value);
}

function row(sink: Sink, cells: ReadonlyMap<string, string>, line: number): void {
  const labels = labelsOf([
    ...Object.entries(sink.context),
    ['process', cells.get('COMMAND')],
    ['pid', cells.get('PID')],
    ['tid', cells.get('TID')],
    ['user', cells.get('USER')],
    ['fd', cells.get('FD')],
    ['type', cells.get('TYPE')],
    ['device', cells.get('DEVICE')],
    ['size_off', cells.get('SIZE/OFF') ?? cells.get('SIZE') ?? cells.get('OFFSET')],
    ['inode', cells.get('NODE')],
  ]);
  sink.fact('lsof.file', cells.get('NAME') ?? '', { labels, line });
}

function columnsOf(head: string): Column[] {
  return [...head.matchAll(/\S+/g)].map((match) => ({
    name: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Cells of a row: those up to the file descriptor in order, the rest by the head they stand under; NAME is what is left. */
function cellsOf(line: string, columns: readonly Column[]): Map<string, string> {
  const cells = new Map<string, string>();
  const name = columns.at(-1);
  if (name === undefined) return cells;
  let next = 0;
  for (const match of line.slice(0, 2000).matchAll(/\S+/g)) {
    const start = match.index;
    const end = start + match[0].length;
    if (start >= name.start - 1 || next >= columns.length - 1) {
      cells.set('NAME', line.slice(start).trimEnd());
      break;
    }
    let at = next;
    // a blank cell: the word stands nearer to a later head
    while (at + 1 < columns.length - 1 && distance(columns[at + 1]!, start, end) < distance(columns[at]!, start, end))
      at++;
    cells.set(columns[at]!.name, match[0]);
    next = at + 1;
  }
  return cells;
}

/** How far a word is from a head: 0 when they overlap. */
function distance(column: Column, start: number, end: number): number {
  if (start < column.end && end > column.start) return 0;
  return start >= column.end ? start - column.end + 1 : column.start - end + 1;
}
