import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const NANOSECONDS: SeriesHints = { kind: 'counter', unit: 'unknown' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };

/**
 * `/proc/schedstat`: per CPU the time tasks ran and waited for it (ns) and the slices they got: fields 7 to 9. Versions
 * 14 to 17 differ in the lines of the domains; of these the tasks are kept that balancing moved to the CPU.
 *
 *     version 15
 *     timestamp 4294896764
 *     cpu0 0 0 0 0 0 0 7154684622 893995084 3440
 *     domain0 3 1 1 0 0 0 0 …
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
    let cpu = '';
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('timestamp')) return;
      const cells = fields(text);
      if (text.startsWith('domain')) {
        const moved = movedIn(cells);
        if (moved === undefined) sink.problem('BAD_LINE', { expected: 'a domain and its numbers', found: text }, line);
        else if (cpu !== '')
          sink
            .series(
              'proc.schedstat.domain.moved',
              labelled.with(labelled.with(sink.context, 'cpu', cpu), 'domain', cells[0]!),
              COUNTER,
            )
            .push(time, moved, line);
        return;
      }
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
      cpu = cells[0]!.slice(3);
      const labels = labelled.with(sink.context, 'cpu', cpu);
      sink.series('proc.schedstat.run', labels, NANOSECONDS).push(time, run, line);
      sink.series('proc.schedstat.wait', labels, NANOSECONDS).push(time, wait, line);
      sink.series('proc.schedstat.timeslices', labels, COUNTER).push(time, slices, line);
    });
  },
} as const satisfies Importer;

/**
 * Tasks that balancing pulled in a domain, while idle, busy and newly idle: `lb_gained`, the fifth of eight numbers of
 * each, of eleven (the eighth) since version 17, which also names the domain. The first cell behind is a CPU mask.
 */
function movedIn(cells: readonly string[]): number | undefined {
  const first = cells.findIndex((cell, i) => i > 0 && /^[\da-f,]+$/.test(cell)) + 1;
  const numbers = cells.slice(first).map(numberOf);
  const [width, at] = numbers.length >= 45 ? [11, 7] : [8, 4];
  const gained = [0, 1, 2].map((kind) => numbers[kind * width + at]);
  if (first < 2 || numbers.length < 3 * width || gained.some((one) => one === undefined)) return undefined;
  return gained.reduce<number>((sum, one) => sum + one!, 0);
}
