import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const NANOSECONDS: SeriesHints = { kind: 'counter', unit: 'unknown' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };

/**
 * `/proc/schedstat`: per CPU the time tasks ran and waited for it (ns) and the slices they got: fields 7 to 9. Versions
 * 14 to 17 differ in the lines of the domains, which are left out.
 *
 *     version 15
 *     timestamp 4294896764
 *     cpu0 0 0 0 0 0 0 7154684622 893995084 3440
 */
export const procSchedstat = {
  id: 'proc-schedstat',
  title: 'run queues by CPU (/proc/schedstat)',
  format: { reference: 'https://docs.kernel.org/scheduler/sched-stats.html', versions: 'schedstat 14–17' },
  sniff: ({ lines }) => {
    if (/^version 1\d$/.test(firstLine(lines))) return 0.96;
    return lines.some((line) => /^cpu\d+ 0? ?\d+( \d+){7,8}$/.test(line)) &&
      lines.some((line) => line.startsWith('domain'))
      ? 0.9
      : 0;
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('domain') || text.startsWith('timestamp')) return;
      const cells = fields(text);
      if (cells[0] === 'version') return sink.format(`schedstat version ${cells[1] ?? ''}`);
      const [run, wait, slices] = [numberOf(cells.at(-3)), numberOf(cells.at(-2)), numberOf(cells.at(-1))];
      if (
        !/^cpu\d+$/.test(cells[0]!) ||
        cells.length < 10 ||
        run === undefined ||
        wait === undefined ||
        slices === undefined
      )
        return sink.problem('BAD_LINE', { expected: 'a CPU and nine numbers', found: text }, line);
      const labels = labelled.with(sink.context, 'cpu', cells[0]!.slice(3));
      sink.series('proc.schedstat.run', labels, NANOSECONDS).push(time, run, line);
      sink.series('proc.schedstat.wait', labels, NANOSECONDS).push(time, wait, line);
      sink.series('proc.schedstat.timeslices', labels, COUNTER).push(time, slices, line);
    });
  },
} as const satisfies Importer;
