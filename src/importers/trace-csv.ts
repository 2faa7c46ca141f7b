import { headerOf, tableRows, type Row } from '../table/rows.js';
import { readTime } from '../table/times.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer } from './importer.js';

/**
 * Spans as a table, as data sets and trace warehouses export them.
 *
 *     TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration
 *     898f…,233d…,root,ts-gateway-6f6cfc45b-h5m2n,/*,1674982159219000000,1674982159247160439,28160
 *
 * Starts and ends in epoch s to ns, told by their size; the parent of a root is empty, `root`, or zeroes. The duration is
 * the difference of both where an end is given, since the unit of a column `Duration` is not.
 */
export const traceCsv = {
  id: 'trace-csv',
  title: 'Spans as a table',
  format: { reference: 'https://github.com/IntelligentDDS/Nezha', versions: 'one row per span' },
  sniff(head) {
    const names = headerOf(head);
    if (!names.includes('traceid') || !names.includes('spanid')) return 0;
    const starts = names.some((name) => name.startsWith('start') || name === 'timestamp');
    const parent = names.some((name) => name.startsWith('parent'));
    return starts && (parent || names.includes('duration') || names.some((name) => name.startsWith('end'))) ? 0.9 : 0;
  },
  async read(file, sink) {
    const writer = new TraceWriter(sink);
    for await (const row of tableRows(file, sink)) {
      const start = timeOf(row, 'StartTimeUnixNano', 'StartTime', 'StartTimeMillis', 'Start', 'Timestamp');
      const end = timeOf(row, 'EndTimeUnixNano', 'EndTime', 'End');
      const parent = row.cell('ParentID', 'ParentSpanID', 'ParentSpan', 'Parent');
      const pod = row.cell('PodName', 'Pod', 'CmdbID');
      const status = row.cell('StatusCode', 'Status', 'Error');
      writer.add({
        trace: row.cell('TraceID') ?? '',
        id: row.cell('SpanID') ?? '',
        parent: parent === undefined || parent === 'root' || /^0+$/.test(parent) ? undefined : parent,
        service: row.cell('ServiceName', 'Service') ?? '',
        operation: row.cell('OperationName', 'Operation', 'Name', 'SpanName') ?? '',
        start: start ?? Number.NaN,
        duration: start === undefined ? undefined : end === undefined ? durationOf(row) : end - start,
        error: status !== undefined && /^(?:error|true|2|5\d\d)$/i.test(status),
        labels: pod === undefined ? {} : { pod },
        line: row.line,
      });
    }
    writer.finish();
    sink.format('span table');
  },
} as const satisfies Importer;

function timeOf(row: Row, ...names: string[]): number | undefined {
  const cell = row.cell(...names);
  return cell === undefined ? undefined : (readTime(cell, null)?.time ?? undefined);
}

/** A duration whose column names its unit; microseconds, as Jaeger's, where it does not. */
function durationOf(row: Row): number | undefined {
  const units = [['DurationMs', 1], ['DurationMillis', 1], ['DurationNano', 1e-6], ['DurationNs', 1e-6], ['DurationUs', 1e-3], ['Duration', 1e-3]] as const; // prettier-ignore
  for (const [name, factor] of units) {
    const value = Number(row.cell(name));
    if (row.cell(name) !== undefined && Number.isFinite(value)) return value * factor;
  }
  return undefined;
}
