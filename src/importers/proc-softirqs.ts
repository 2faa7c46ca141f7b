import { cpuTableHead, readCpuTable } from '../proc/cpu-table.js';
import { labelled } from '../proc/labels.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;

/**
 * `/proc/softirqs`: soft interrupts by kind and online CPU.
 *
 *                         CPU0       CPU1
 *           NET_RX:       1769       2512
 */
export const procSoftirqs = {
  id: 'proc-softirqs',
  title: 'soft interrupts by CPU (/proc/softirqs)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc.5.html', versions: 'Linux 2.6.31–6.x' },
  sniff: ({ lines }) => {
    const first = cpuTableHead(lines);
    return first === 'HI' || first === 'TIMER' ? 0.96 : 0;
  },
  read: (file, sink) =>
    readCpuTable(file, sink, ({ name, cpus, counts, line, time }) =>
      counts.forEach((count, i) =>
        sink
          .series(`proc.softirqs.${name}`, labelled.with(sink.context, 'cpu', cpus[i]!), COUNTER)
          .push(time, count, line),
      ),
    ),
} as const satisfies Importer;
