import { get, parseJson, str } from '../dump/json.js';
import { LogClock } from '../logs/clock.js';
import { writeLine } from '../logs/read.js';
import { wholeStamp } from '../logs/time.js';
import { LogWriter } from '../logs/writer.js';
import { levelOfWord } from '../logs/level.js';
import { headerOf, tableRows, type Row } from '../table/rows.js';
import type { Importer } from './importer.js';

const MESSAGE = ['log', 'message', 'line', 'body', 'msg', 'logline', 'logmessage'];
const TIME = ['timestamp', 'time', 'timeunixnano', 'tsns', 'date', 'datetime', 'eventtime'];

/**
 * Log entries as a table: Grafana's logs as CSV, searches exported from log stores, data sets.
 *
 *     Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log
 *     2023-01-30T11:39:03.269714154Z,1675078743269714154,33.33.33.76,ts-order-5b67c48447-fj8b7,server,…,"{""log"":""…""}"
 *
 * The time is that of the columns; times inside the text may be on another clock and are left alone. A cell that holds a
 * container log's JSON (`{"log":…}`) gives its text. Rows may come newest first.
 */
export const logCsv = {
  id: 'log-csv',
  title: 'Log entries as a table',
  format: { reference: 'https://grafana.com/docs/grafana/latest/explore/logs-integration/', versions: 'one row per entry' }, // prettier-ignore
  sniff(head) {
    const names = headerOf(head);
    if (names.length < 2 || !names.some((name) => TIME.includes(name))) return 0;
    const message = names.findIndex((name) => MESSAGE.includes(name));
    if (message < 0) return 0;
    const usual = names.filter((name) => /^(?:podname|pod|container|node|host|traceid|spanid|level|severity|labels|tsns|id|namespace|stream|service)$/.test(name)); // prettier-ignore
    return usual.length > 0 ? 0.9 : 0.6;
  },
  async read(file, sink) {
    const clock = new LogClock(sink);
    const writer = new LogWriter(sink);
    for await (const row of tableRows(file, sink)) {
      // nanoseconds first: they are UTC whatever the other columns are
      const stamp = wholeStamp(row.cell('TimeUnixNano', 'tsNs', ...TIME) ?? '');
      const level = row.cell('level', 'severity', 'detected_level');
      const known = level === undefined ? undefined : levelOfWord(level);
      const line = { message: textOf(row), labels: labelsOf(row), ...(known !== undefined && { level: known }) };
      writeLine(writer, line, stamp ? clock.resolve(stamp, row.line) : undefined, row.line);
    }
    writer.finish();
    sink.format('log table');
  },
} as const satisfies Importer;

function textOf(row: Row): string {
  const cell = row.cell(...MESSAGE) ?? '';
  if (!cell.startsWith('{"log"')) return cell;
  const parsed = parseJson(cell);
  return (parsed.ok ? str(get(parsed.value, 'log'))?.trimEnd() : undefined) ?? cell;
}

const LABELS: readonly (readonly [string, readonly string[]])[] = [
  ['node', ['Node', 'node_name', 'host', 'hostname']],
  ['namespace', ['namespace', 'Namespace', 'namespace_name']],
  ['pod', ['PodName', 'pod', 'pod_name']],
  ['container', ['Container', 'container_name']],
  ['service', ['Service', 'ServiceName', 'app']],
  ['trace', ['TraceID']],
  ['span', ['SpanID']],
];

function labelsOf(row: Row): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [label, names] of LABELS) {
    const value = row.cell(...names);
    if (value !== undefined && value.length <= 256) labels[label] = value;
  }
  // Grafana gives the labels of the stream as one JSON object
  const stream = row.cell('labels') ?? '';
  const parsed = stream.startsWith('{') ? parseJson(stream) : undefined;
  const own = parsed?.ok === true ? parsed.value : undefined;
  for (const [label, names] of LABELS)
    for (const name of names) {
      const value = str(get(own, name));
      if (value !== undefined && value.length <= 256) labels[label] ??= value;
    }
  return labels;
}
