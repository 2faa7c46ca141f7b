import type { Sink } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import { eachLine, fields, numberOf } from './snapshot.js';

/** One row of a table with a column per CPU. */
export interface CpuRow {
  readonly name: string;
  /** CPU numbers of the columns, from the header. */
  readonly cpus: readonly string[];
  /** As many as there are leading numbers; less than CPUs for global rows (`ERR:`). */
  readonly counts: readonly number[];
  /** Text behind the numbers. */
  readonly rest: string;
  readonly line: number;
  readonly time: number;
}

const ENOUGH = 4000;
const HEADER = /^\s+CPU\d+(?:\s+CPU\d+)*\s*$/;

/** Whether the first line is a header of CPU columns, and the first name below it. */
export function cpuTableHead(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => line.trim() !== '');
  const header = lines[at] ?? '';
  // of a machine with very many CPUs the beginning tells enough; the name at the cut may be half of one
  if (!HEADER.test(header.length <= ENOUGH ? header : header.slice(0, header.lastIndexOf(' ', ENOUGH)))) return null;
  return /^\s*(\S+):/.exec(lines[at + 1] ?? '')?.[1] ?? '';
}

/** Reads `/proc/interrupts` and `/proc/softirqs`; columns of CPUs that are offline are missing. */
export async function readCpuTable(file: DumpFile, sink: Sink, onRow: (row: CpuRow) => void): Promise<void> {
  let cpus: string[] = [];
  await eachLine(file, sink, (text, line, time) => {
    const trimmed = text.trimStart();
    if (trimmed.startsWith('CPU')) {
      cpus = fields(text).map((name) => name.slice(3));
      return;
    }
    const colon = text.indexOf(':');
    if (colon < 0) return sink.problem('BAD_LINE', { expected: 'a name and a number per CPU', found: text }, line);
    const cells = fields(text.slice(colon + 1));
    const counts: number[] = [];
    while (counts.length < Math.min(cells.length, cpus.length)) {
      const value = numberOf(cells[counts.length]);
      if (value === undefined) break;
      counts.push(value);
    }
    const next = cells[counts.length];
    if (counts.length < cpus.length && next !== undefined) sink.problem('BAD_NUMBER', { found: next }, line);
    else if (numberOf(next) !== undefined)
      sink.problem('COLUMNS_DIFFER', { expected: cpus.length, found: counts.length + 1 }, line);
    const rest = cells.slice(counts.length).join(' ');
    onRow({ name: text.slice(0, colon).trim(), cpus, counts, rest, line, time });
  });
  sink.format(`${cpus.length} CPU columns`);
}
