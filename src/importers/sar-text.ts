import type { Importer } from './importer.js';
import { readSar } from './tools/sar-table.js';
import { tables } from './tools/sar-sniff.js';
import { headerOf } from './tools/sysstat.js';

/**
 * sar's text: header, then per interval a time of day and a table per activity.
 *
 * ```
 * Linux 5.10.134 (node1)  05/06/24  _x86_64_  (8 CPU)
 *
 * 10:00:01        CPU     %user     %nice   %system   %iowait    %steal     %idle
 * 10:10:01        all      2.15     12.50      2.36      0.12      0.00     82.88
 * Average:        all      2.15     12.50      2.36      0.12      0.00     82.88
 * ```
 * Percentages and `/s` columns are averages over the interval that ends at the row's time; others are levels.
 */
export const sarText: Importer = {
  id: 'sar-text',
  title: 'sar text output',
  format: {
    reference: 'https://github.com/sysstat/sysstat/blob/master/pr_stats.c',
    versions: 'sysstat 7 to 12, Solaris sar',
  },
  sniff(head) {
    const header = head.lines.slice(0, 20).some((line) => headerOf(line) !== undefined);
    const table = tables(head);
    if (table === 'mpstat' || table === 'pidstat') return 0.1;
    if (table === 'sar') return header ? 0.95 : 0.85;
    return header && head.lines.some((line) => line.includes('LINUX RESTART')) ? 0.8 : 0;
  },
  read: (file, sink) => readSar(file, sink, 'sar text'),
};
