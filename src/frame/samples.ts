import { table } from 'arquero';
import type { ColumnTable } from 'arquero';
import type { Labels, Series } from '../types/series.js';

/**
 * Samples as an arquero table: `time` (epoch ms), `value` (base unit), `source` (file) and one column per label that
 * occurs. Rows keep the order of the series; labels that a series lacks are empty strings; NaN stays NaN.
 * @param signal - catalogue id or `raw:` name; every matching series contributes
 * @param labels - keep only series with exactly these label values
 * @example samples(inquiry.case.series, 'net.tcp.rx_queue', { pod: 'web-1' }).numRows()
 */
export function samples(series: readonly Series[], signal: string, labels: Labels = {}): ColumnTable {
  const chosen = series.filter(
    (one) => one.signal === signal && Object.entries(labels).every(([name, value]) => one.labels[name] === value),
  );
  const rows = chosen.reduce((sum, one) => sum + one.time.length, 0);
  const time = new Float64Array(rows);
  const value = new Float64Array(rows);
  const names = [...new Set(chosen.flatMap((one) => Object.keys(one.labels)))].sort();
  const columns = new Map<string, string[]>(names.map((name) => [name, []]));
  const files: string[] = [];
  let at = 0;
  for (const one of chosen) {
    time.set(one.time, at);
    value.set(one.value, at);
    at += one.time.length;
    for (const name of names) columns.get(name)!.push(...repeated(one.labels[name] ?? '', one.time.length));
    files.push(...repeated(one.source.file, one.time.length));
  }
  return table([['time', time], ['value', value], ...columns, ['source', files]]);
}

function repeated(text: string, times: number): string[] {
  return new Array<string>(times).fill(text);
}
