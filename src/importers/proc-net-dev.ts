import { labelled } from '../proc/labels.js';
import { eachLine, fields, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const BYTES: SeriesHints = { kind: 'counter', unit: 'bytes' };

/**
 * `/proc/net/dev`: counters of every interface of a network namespace. The second header line names the columns; old
 * kernels print no blank after the colon (`eth0:123`).
 *
 *     Inter-|   Receive                                                |  Transmit
 *      face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
 *       lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
 */
export const procNetDev = {
  id: 'proc-net-dev',
  title: 'interface counters (/proc/net/dev)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_net.5.html', versions: 'Linux 2.2–6.x' },
  sniff: ({ lines }) => (lines.slice(0, 6).some((line) => /^Inter-\| +Receive/.test(line)) ? 0.97 : 0),
  read: async (file, sink) => {
    let names: string[] = [];
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('Inter-|')) return;
      const bars = text.split('|');
      if (bars.length === 3) {
        names = [
          ...fields(bars[1]!).map((name) => `proc.net.dev.receive_${name}`),
          ...fields(bars[2]!).map((name) => `proc.net.dev.transmit_${name}`),
        ];
        return;
      }
      const colon = text.lastIndexOf(':');
      const device = text.slice(0, Math.max(0, colon)).trim();
      if (device === '')
        return sink.problem('BAD_LINE', { expected: 'an interface and its numbers', found: text }, line);
      const cells = fields(text.slice(colon + 1));
      if (cells.length !== names.length)
        sink.problem('COLUMNS_DIFFER', { expected: names.length, found: cells.length }, line);
      const labels = labelled.with(sink.context, 'device', device);
      for (let i = 0; i < names.length && i < cells.length; i++) {
        const value = numberOf(cells[i]);
        if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i]! }, line);
        else sink.series(names[i]!, labels, names[i]!.endsWith('_bytes') ? BYTES : COUNTER).push(time, value, line);
      }
    });
  },
} as const satisfies Importer;
