import { formatCount, formatDuration, formatTime, timeAfter } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Case, FileReport } from '../../types/case.js';
import type { Cell, Column, TableValue } from '../../types/notebook.js';
import type { Series } from '../../types/series.js';

/** What was read, by format: files, series, samples, facts, events, steps and span. */
export function formatCells(seen: Case, text: Text, id: string): Cell[] {
  const { files } = seen;
  const right = (key: Parameters<Text['plain']>[0]): { title: string; align: 'right' } => ({
    title: text.plain(key),
    align: 'right',
  });
  const columns: readonly Column[] = [
    { title: text.plain('column.format') },
    right('column.files'),
    right('column.series'),
    right('column.samples'),
    right('column.facts'),
    right('column.events'),
    right('column.step'),
    { title: text.plain('column.span'), unbroken: true },
  ];
  const groups = new Map<string, FileReport[]>();
  for (const file of files) {
    if (file.importer === null) continue;
    const group = groups.get(file.importer) ?? [];
    group.push(file);
    groups.set(file.importer, group);
  }
  const rows = Array.from(groups.entries())
    .map(([importer, group]) => ({
      importer,
      group,
      series: seen.series.filter((s) => s.source.importer === importer),
    }))
    .sort((a, b) => samplesOf(b.series) - samplesOf(a.series) || b.group.length - a.group.length)
    .map(({ importer, group, series }): TableValue[] => [
      { text: importer, code: true },
      count(group.length),
      count(series.length),
      count(samplesOf(series)),
      count(total(group, 'facts')),
      count(total(group, 'events')),
      stepOf(series),
      spanOf(series),
    ]);
  if (rows.length === 0) return [];
  return [
    {
      type: 'details',
      id: `${id}-formats`,
      summary: text.plain('coverage.table', { n: rows.length }),
      cells: [{ type: 'table', id: `${id}-formats-table`, columns, rows }],
    },
  ];
}

/** Nothing is left blank, zero is not: a zero in a table of counts only hides the others. */
function count(n: number): string {
  return n === 0 ? '' : formatCount(n);
}

function samplesOf(series: readonly Series[]): number {
  return series.reduce((n, one) => n + one.time.length, 0);
}

function total(files: readonly FileReport[], field: 'facts' | 'events'): number {
  return files.reduce((n, file) => n + file[field], 0);
}

function stepOf(series: readonly Series[]): string {
  const steps = series.flatMap(({ step }) => (step > 0 ? [step] : []));
  if (steps.length === 0) return '';
  const low = steps.reduce((a, b) => Math.min(a, b));
  const high = steps.reduce((a, b) => Math.max(a, b));
  return formatDuration(low) === formatDuration(high)
    ? formatDuration(low)
    : `${formatDuration(low)} … ${formatDuration(high)}`;
}

function spanOf(series: readonly Series[]): string {
  let from = Infinity;
  let to = -Infinity;
  for (const { time } of series) {
    from = Math.min(from, time[0] ?? Infinity);
    to = Math.max(to, time.at(-1) ?? -Infinity);
  }
  if (!(to >= from)) return '';
  return `${formatTime(from)} … ${timeAfter(from, to)}`;
}
