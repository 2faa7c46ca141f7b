import { labelled } from '../proc/labels.js';
import { baseName, eachLine, fields, firstLine, hexOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'packets' };
/** Column → name. 3–7 were TCP fast-route counters once and are 0 since 2.6.36; 8 is cpu_collision, gone since 4.8. */
const COLUMNS: readonly (readonly [number, string, SeriesHints])[] = [
  [0, 'processed', COUNTER],
  [1, 'dropped', COUNTER],
  [2, 'squeezed', COUNTER],
  [8, 'cpu_collision', COUNTER],
  [9, 'received_rps', COUNTER],
  [10, 'flow_limit', COUNTER],
  [11, 'backlog_length', GAUGE],
  [13, 'input_queue_length', GAUGE],
  [14, 'process_queue_length', GAUGE],
];
const CPU = 12;
/** The largest number of CPUs that Linux can be built for (CONFIG_NR_CPUS of x86-64). */
const MOST_CPUS = 8192;
const ROW = /^[0-9a-fA-F]{8}(?: [0-9a-fA-F]{8}){8,15}\s*$/;

/**
 * `/proc/net/softnet_stat`: one row per online CPU, hexadecimal, no header. Host-wide, whichever process it is read
 * through. 9 columns up to 2.6.35, 10 (received_rps) since 2.6.36, 11 (flow_limit) since 3.11, 13 (backlog length, CPU)
 * since 5.10, 15 (input and process queue) since 6.6. Without column 13 the row number stands for the CPU, which is wrong
 * when CPUs are offline. Counters wrap at 32 bits.
 *
 *     0000c1a2 00000000 00000003 … 00000000 00000001
 */
export const procNetSoftnetStat = {
  id: 'proc-net-softnet-stat',
  title: 'soft interrupts of the network by CPU (/proc/net/softnet_stat)',
  format: {
    reference: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/core/net-procfs.c',
    versions: 'Linux 2.6–6.x: 9, 10, 11, 13 or 15 columns',
  },
  sniff: ({ lines, path }) => {
    if (ROW.test(firstLine(lines))) return 0.96;
    // four numbers of this form are the clock of the packet scheduler
    return /^[0-9a-fA-F]{8}( [0-9a-fA-F]{8}){2,7}$/.test(firstLine(lines)) && baseName(path) !== 'psched' ? 0.4 : 0;
  },
  read: async (file, sink) => {
    let row = 0;
    let widest = 0;
    await eachLine(
      file,
      sink,
      (text, line, time) => {
        const cells = fields(text);
        if (cells.length < 9) return sink.problem('TOO_FEW_COLUMNS', { expected: 9, found: cells.length }, line);
        const numbers = cells.map(hexOf);
        const bad = numbers.indexOf(undefined);
        if (bad >= 0) return sink.problem('BAD_NUMBER', { found: cells[bad]! }, line);
        widest = Math.max(widest, cells.length);
        const cpu = numbers[CPU] ?? row;
        if (cpu >= MOST_CPUS) return sink.problem('BAD_NUMBER', { found: cells[CPU] ?? String(row) }, line);
        const labels = labelled.with(sink.context, 'cpu', String(cpu));
        row++;
        for (const [column, name, hints] of COLUMNS) {
          const value = numbers[column];
          if (value === undefined || (name === 'cpu_collision' && cells.length > 11)) continue;
          sink.series(`proc.net.softnet_stat.${name}`, labels, hints).push(time, value, line);
        }
      },
      { flush: () => (row = 0) },
    );
    sink.format(`softnet_stat, ${widest} columns`);
  },
} as const satisfies Importer;
