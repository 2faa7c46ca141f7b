import type { Importer, Sink } from './importer.js';
import { labelsOf, millisecondsOf, numberOf } from './tools/text.js';

const HEAD = /^\s{0,4}Task\s{1,40}\|\s{1,10}Runtime ms\s{1,10}\|\s{1,10}(?:Switches|Count)\s/;

/**
 * `perf sched latency`: per task how long it waited for a CPU.
 *
 * ```
 *   Task                  |   Runtime ms  | Switches | Avg delay ms    | Max delay ms    | Max delay start           | Max delay end          |
 *   kworker/15:1:643040   |      0.102 ms |        1 | avg:   0.066 ms | max:   0.066 ms | max start: 342792.283196 s | max end: 342792.283262 s
 *   tokio-runtime-w:(5)   |    183.881 ms |       30 | avg:   0.061 ms | max:   0.582 ms | …
 * ```
 * Names contain colons: the last one parts name and thread; `(5)` are five tasks of one name, merged. Times are
 * seconds since boot; `max at` before perf 5.12.
 */
export const perfSchedLatency: Importer = {
  id: 'perf-sched-latency',
  title: 'perf sched latency',
  format: { reference: 'https://man7.org/linux/man-pages/man1/perf-sched.1.html', versions: 'perf 2.6.32 and later' },
  sniff({ lines }) {
    return lines.slice(0, 30).some((line) => HEAD.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    sink.clock({ kind: 'boot' });
    let inside = false;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (HEAD.test(line)) inside = true;
      else if (inside && line.includes('|')) {
        if (row(sink, line, number)) rows++;
        else sink.problem('BAD_LINE', { expected: 'a task with its delays', found: line.trim() }, number);
      }
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('perf.sched.tasks', rows);
    sink.format(`perf sched latency, ${rows} tasks`);
  },
};

function row(sink: Sink, line: string, number: number): boolean {
  const cells = line.split('|').map((cell) => cell.trim());
  const task = cells[0] ?? '';
  const colon = task.lastIndexOf(':');
  const milliseconds = (cell: string | undefined): number => numberOf(/(\d{1,12}[.,]\d{1,6}) ms/.exec(cell ?? '')?.[1]);
  const runtime = milliseconds(cells[1]);
  const switches = numberOf(cells[2]);
  if (colon < 1 || Number.isNaN(runtime) || Number.isNaN(switches)) return false;
  if (task.startsWith('TOTAL:')) {
    sink.fact('perf.sched.runtime.total', seconds(runtime), { unit: 'seconds', line: number });
    return true;
  }
  const thread = task.slice(colon + 1);
  const merged = /^\((\d{1,6})\)$/.exec(thread)?.[1];
  const labels = labelsOf([
    ...Object.entries(sink.context),
    ['process', task.slice(0, colon)],
    merged === undefined ? ['tid', thread] : ['tasks', merged],
  ]);
  const [mean, max] = [milliseconds(cells[3]), milliseconds(cells[4])];
  const fact = (name: string, value: number, unit: 'seconds' | 'count'): void => {
    if (!Number.isNaN(value)) sink.fact(`perf.sched.${name}`, value, { labels, unit, line: number });
  };
  fact('runtime', seconds(runtime), 'seconds');
  fact('switches', switches, 'count');
  fact('delay.mean', seconds(mean), 'seconds');
  fact('delay.max', seconds(max), 'seconds');
  const times = cells.slice(5).map((cell) => millisecondsOf(/(\d{1,12}\.\d{1,9}) s/.exec(cell)?.[1]));
  const [start, end] = times.length > 1 && !Number.isNaN(times[1]) ? times : [(times[0] ?? Number.NaN) - max, times[0]];
  if (start !== undefined && end !== undefined && end > 0 && end >= start)
    sink.event({
      time: start,
      duration: Number((end - start).toFixed(6)),
      kind: 'perf.sched.delay',
      labels,
      message: `waited ${max} ms for a CPU`,
      line: number,
    });
  return true;
}

function seconds(value: number): number {
  return Number.isNaN(value) ? value : Number((value / 1000).toPrecision(12));
}
