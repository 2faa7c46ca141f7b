import { cpuTableHead, readCpuTable } from '../proc/cpu-table.js';
import { labelled } from '../proc/labels.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;
/** Interrupts between CPUs, kept by CPU: shoot-downs, calls, rescheduling. */
const BY_CPU = new Set(['TLB', 'CAL', 'RES']);

/**
 * `/proc/interrupts`: a row per interrupt, a column per online CPU, then chip and devices. Interrupts between CPUs are kept
 * by CPU; device interrupts are kept by number (summed over CPUs) and by CPU (summed over numbers); the rest is summed.
 *
 *                CPU0       CPU1
 *       32:        160          0   PCI-MSI 65539-edge      virtio1-req.2
 *      TLB:       1332       1119   TLB shootdowns
 *      ERR:          0
 */
export const procInterrupts = {
  id: 'proc-interrupts',
  title: 'interrupts by CPU (/proc/interrupts)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_interrupts.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => {
    const first = cpuTableHead(lines);
    return first === null ? 0 : first === 'HI' || first === 'TIMER' ? 0 : first === '' ? 0.4 : 0.95;
  },
  read: async (file, sink) => {
    const devices = new Map<string, number>();
    let at = { time: NaN, line: 0 };
    const flush = (): void => {
      for (const [cpu, count] of devices)
        sink.series('proc.interrupts.devices', labelled.with(sink.context, 'cpu', cpu), COUNTER).push(at.time, count);
      devices.clear();
    };
    await readCpuTable(file, sink, ({ name, cpus, counts, rest, line, time }) => {
      if (time !== at.time) flush();
      at = { time, line };
      const sum = counts.reduce((a, b) => a + b, 0);
      if (/^\d+$/.test(name)) {
        counts.forEach((count, i) => devices.set(cpus[i]!, (devices.get(cpus[i]!) ?? 0) + count));
        const irq = labelled.with(sink.context, 'irq', name);
        sink
          .series('proc.interrupts.irq', labelled.with(irq, 'device', rest.split(' ').at(-1) ?? ''), COUNTER)
          .push(time, sum, line);
      } else if (BY_CPU.has(name))
        counts.forEach((count, i) =>
          sink
            .series(`proc.interrupts.${name}`, labelled.with(sink.context, 'cpu', cpus[i]!), COUNTER)
            .push(time, count, line),
        );
      else if (counts.length > 0) sink.series(`proc.interrupts.${name}`, sink.context, COUNTER).push(time, sum, line);
    });
    flush();
  },
} as const satisfies Importer;
