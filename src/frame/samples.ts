import { table } from 'arquero';
import type { ColumnTable } from 'arquero';
import type { Entity } from '../types/case.js';
import type { Labels, Series } from '../types/series.js';

/**
 * Samples as an arquero table: `time` (epoch ms), `value` (base unit), `source` (file) and one column per label that
 * occurs. Rows keep the order of the series; labels that a series lacks are empty strings; NaN stays NaN.
 * @param signal - catalogue id or `raw:` name; every matching series contributes
 * @param labels - keep only series with exactly these label values; `workload` too, where the entities tell it
 * @param entities - of the case: they give every row of a pod a column `workload`, so that a pod and the one that took its
 * place can be read as one
 * @example samples(inquiry.case.series, 'net.tcp.rx_queue', { pod: 'web-1' }).numRows()
 */
export function samples(
  series: readonly Series[],
  signal: string,
  labels: Labels = {},
  entities: readonly Entity[] = [],
): ColumnTable {
  const workloads = workloadsOf(entities);
  const chosen = series
    .filter((one) => one.signal === signal)
    .map((one) => ({ ...one, labels: withWorkload(one.labels, workloads) }))
    .filter((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value));
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

/** Workload of each pod, by namespace and name. */
function workloadsOf(entities: readonly Entity[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, labels } of entities) {
    if (type !== 'pod' || labels['workload'] === undefined) continue;
    found.set(`${labels['namespace'] ?? ''}/${labels['pod']!}`, labels['workload']);
  }
  return found;
}

function withWorkload(labels: Labels, workloads: ReadonlyMap<string, string>): Labels {
  const { pod, namespace } = labels as { readonly pod?: string; readonly namespace?: string };
  const workload = pod === undefined ? undefined : workloads.get(`${namespace ?? ''}/${pod}`);
  return workload === undefined ? labels : { workload, ...labels };
}
