import type { Sink, SeriesHints } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import { eachLine, fields, numberOf } from './snapshot.js';

/** Settings and levels among the counters of `/proc/net/snmp` and `/proc/net/netstat`. */
const LEVELS = new Set(['CurrEstab', 'RtoAlgorithm', 'RtoMin', 'RtoMax', 'MaxConn', 'Forwarding', 'DefaultTTL']);
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'count' };

/**
 * Reads files that pair a line of names with a line of values under the same prefix. Columns are matched by name: their
 * set and order change with every kernel.
 */
export async function readPairs(file: DumpFile, sink: Sink, prefix: string): Promise<void> {
  let names: string[] = [];
  let section = '';
  const count = new Map<string, number>();
  await eachLine(file, sink, (text, line, time) => {
    const colon = text.indexOf(':');
    if (colon <= 0) return sink.problem('BAD_LINE', { expected: 'a line of this format', found: text }, line);
    const head = text.slice(0, colon);
    const cells = fields(text.slice(colon + 1));
    if (head !== section || numberOf(cells[0]) === undefined) {
      section = head;
      names = cells;
      return;
    }
    section = '';
    count.set(head, names.length);
    if (cells.length !== names.length)
      sink.problem('COLUMNS_DIFFER', { expected: names.length, found: cells.length }, line);
    for (let i = 0; i < names.length && i < cells.length; i++) {
      const value = numberOf(cells[i]);
      if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i]! }, line);
      else {
        const name = names[i]!;
        sink
          .series(`${prefix}.${head}.${name}`, sink.context, LEVELS.has(name) ? GAUGE : COUNTER)
          .push(time, value, line);
      }
    }
  });
  sink.format([...count].map(([head, columns]) => `${head} ${columns} columns`).join(', '));
}

/** Whether a head begins with a line of names and a line of values under one of these prefixes. */
export function pairedHead(lines: readonly string[], prefixes: readonly string[]): boolean {
  for (let i = 0; i < Math.min(lines.length, 12); i++) {
    const line = lines[i]!;
    const prefix = prefixes.find((one) => line.startsWith(one));
    if (prefix !== undefined) return /^[A-Z][A-Za-z0-9]+$/.test(fields(line.slice(prefix.length))[0] ?? '');
  }
  return false;
}
