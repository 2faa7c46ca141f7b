import { parseExpression } from '../series/expression.js';
import { look, tableScore } from '../table/look.js';
import { columnName } from '../table/names.js';
import { readTable } from '../table/read.js';
import type { Importer } from './importer.js';

/**
 * Query results of Prometheus as third-party scripts write them; there is no standard.
 *
 *     timestamp,"up{job=""a""}"     name,timestamp,value,pod,node      metric,time,value
 *     1700000000,1                  x_total,1700000000,5,web-1,n1      "{""__name__"":""up""}",1700000000,1
 *
 * Wide with series texts as headers; long with one column per label (prometheus-csv, hayk96/prometheus-api); long with the
 * label set in one cell.
 */
export const prometheusCsv = {
  id: 'prometheus-csv',
  title: 'Prometheus query result as CSV',
  format: { reference: 'https://github.com/hayk96/prometheus-api', versions: 'wide and long layouts' },
  sniff: (head) => {
    const table = look(head);
    if (table === null) return 0;
    const base = tableScore(table);
    if (base === 0) return 0;
    const names = table.header.map((cell) => cell.trim().toLowerCase());
    const values = names.filter((_, i) => i !== table.roles.time?.index);
    const series = values.filter((name) => name.includes('{') && parseExpression(name) !== null);
    if (series.length > 0 && series.length >= values.length / 2) return 0.8;
    if (values.includes('value') && values.some((name) => ['name', 'metric', '__name__', 'metric_name'].includes(name)))
      return 0.8;
    const labels = table.roles.columns.some(({ cells }) => cells.length > 0 && cells.every((cell) => cell.startsWith('{') && columnName(cell).local)); // prettier-ignore
    if (labels && values.includes('value')) return 0.75;
    const usual = ['instance', 'job', 'pod', 'namespace', 'node', 'container'].filter((name) => names.includes(name));
    return values.includes('value') && usual.length > 1 ? 0.75 : 0;
  },
  read: readTable,
} as const satisfies Importer;
