import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Head } from '../types/dump.js';
import type { Importer, SeriesHints } from './importer.js';

const TOTAL: SeriesHints = { kind: 'counter', unit: 'count' };
const SHARE: SeriesHints = { kind: 'gauge', unit: 'ratio', conversion: '÷ 100 (percent)' };
const LINE = /^(some|full) avg10=(\d+\.\d+) avg60=(\d+\.\d+) avg300=(\d+\.\d+) total=(\d+)\s*$/;
const RESOURCE = /(?:^|[./_-])(cpu|io|memory|mem|irq)(?=[./_-]|$)/g;

/**
 * Pressure stall information: `/proc/pressure/{cpu,io,memory,irq}` and `*.pressure` of cgroups. `total` in µs, averages
 * in percent. Which resource, only the path tells; a file without `some` is that of interrupts. `full` of the CPU since
 * 5.13, always 0 for the system as a whole.
 *
 *     some avg10=4.16 avg60=1.42 avg300=0.33 total=1384510
 *     full avg10=0.00 avg60=0.00 avg300=0.00 total=0
 */
export const procPressure = {
  id: 'proc-pressure',
  title: 'pressure stall information',
  format: { reference: 'https://docs.kernel.org/accounting/psi.html', versions: 'Linux 4.20–6.x, node and cgroup' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    const resource = resourceOf(file.head);
    const prefix = Object.hasOwn(sink.context, 'cgroup')
      ? `cgroup.${resource}.pressure.`
      : `proc.pressure.${resource}.`;
    sink.format(`pressure of ${resource}`);
    await eachLine(file, sink, (text, line, time) => {
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'some or full and averages', found: text }, line);
      const name = `${prefix}${match[1]!}.`;
      sink.series(`${name}total`, sink.context, TOTAL).push(time, Number(match[5]), line);
      for (const [index, key] of [
        [2, 'avg10'],
        [3, 'avg60'],
        [4, 'avg300'],
      ] as const)
        sink.series(name + key, sink.context, SHARE).push(time, (numberOf(match[index]) ?? NaN) / 100, line);
    });
  },
} as const satisfies Importer;

function resourceOf(head: Head): string {
  const name = head.path.split('/').slice(-2).join('/');
  const found = [...name.matchAll(RESOURCE)].at(-1)?.[1];
  if (found !== undefined) return found === 'mem' ? 'memory' : found;
  return head.lines.some((line) => line.startsWith('some ')) ? 'unknown' : 'irq';
}
