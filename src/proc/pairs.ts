import type { Sink, SeriesHints } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import { eachLine, fields, numberOf } from './snapshot.js';

/** Settings and levels among the counters of `/proc/net/snmp` and `/proc/net/netstat`. */
const LEVELS = new Set(['CurrEstab', 'RtoAlgorithm', 'RtoMin', 'RtoMax', 'MaxConn', 'Forwarding', 'DefaultTTL']);
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'count' };

interface Header {
  readonly section: string;
  readonly names: readonly string[];
  readonly hints: readonly SeriesHints[];
}

const headers = new Map<string, Header>();
const HEADERS_KEPT = 500;

/** Names of the columns of a header line; every snapshot of a kernel repeats the same one. */
function headerOf(prefix: string, section: string, text: string): Header {
  const key = `${prefix}\n${text}`;
  let header = headers.get(key);
  if (header !== undefined) return header;
  const cells = fields(text.slice(section.length + 1));
  const names = cells.map((cell) => `${prefix}.${section}.${cell}`);
  header = { section, names, hints: cells.map((cell) => (LEVELS.has(cell) ? GAUGE : COUNTER)) };
  if (headers.size >= HEADERS_KEPT) headers.clear();
  headers.set(key, header);
  return header;
}

/**
 * Reads files that pair a line of names with a line of values under the same prefix. Columns are matched by name: their
 * set and order change with every kernel.
 */
export async function readPairs(file: DumpFile, sink: Sink, prefix: string): Promise<void> {
  let header: Header | undefined;
  const count = new Map<string, number>();
  await eachLine(file, sink, (text, line, time) => {
    const colon = text.indexOf(':');
    if (colon <= 0) return sink.problem('BAD_LINE', { expected: 'a line of this format', found: text }, line);
    const section = text.slice(0, colon);
    if (header?.section !== section || !(isValue(text, colon + 2) || mostlyNumbers(text.slice(colon + 1)))) {
      header = headerOf(prefix, section, text);
      return;
    }
    const { names, hints } = header;
    header = undefined;
    count.set(section, names.length);
    const cells = fields(text.slice(colon + 1));
    if (cells.length !== names.length)
      sink.problem('COLUMNS_DIFFER', { expected: names.length, found: cells.length }, line);
    for (let i = 0; i < names.length && i < cells.length; i++) {
      const value = numberOf(cells[i]);
      if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i]! }, line);
      else sink.series(names[i]!, sink.context, hints[i]).push(time, value, line);
    }
  });
  sink.format([...count].map(([section, columns]) => `${section} ${columns} columns`).join(', '));
}

/** A line of values whose first cell is damaged. */
function mostlyNumbers(text: string): boolean {
  const cells = fields(text);
  return cells.length > 1 && cells.filter((cell) => numberOf(cell) !== undefined).length * 2 > cells.length;
}

function isValue(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || code === 45;
}

/** Whether a head begins with a line of names and a line of values under one of these prefixes. */
export function pairedHead(lines: readonly string[], prefixes: readonly string[]): boolean {
  for (let i = 0; i < Math.min(lines.length, 12); i++) {
    const line = lines[i]!;
    const prefix = prefixes.find((one) => line.startsWith(one));
    if (prefix !== undefined)
      return /^[A-Z][A-Za-z0-9]+$/.test(fields(line.slice(prefix.length, prefix.length + 80))[0] ?? '');
  }
  return false;
}
