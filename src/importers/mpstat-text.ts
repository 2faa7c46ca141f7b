import type { Importer } from './importer.js';
import { tables } from './tools/sar-sniff.js';
import { readSar } from './tools/sar-table.js';
import { headerOf } from './tools/sysstat.js';

/**
 * mpstat's text: CPU time per CPU, interrupts, soft interrupts.
 *
 * ```
 * Linux 5.10.134 (node1)  05/06/24  _x86_64_  (8 CPU)
 *
 * 03:16:15 PM  CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %guest  %gnice   %idle
 * 03:16:17 PM  all    0.00    0.00    0.50    0.00    0.00    0.00    0.00    0.00    0.00   99.50
 * ```
 */
export const mpstatText: Importer = {
  id: 'mpstat-text',
  title: 'mpstat text output',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/mpstat.c', versions: 'sysstat 9 to 12' },
  sniff(head) {
    if (tables(head) !== 'mpstat') return 0;
    return head.lines.slice(0, 20).some((line) => headerOf(line) !== undefined) ? 0.95 : 0.85;
  },
  read: (file, sink) => readSar(file, sink, 'mpstat text'),
};
