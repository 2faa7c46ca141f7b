import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const NANOSECONDS: SeriesHints = { kind: 'counter', unit: 'unknown' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const PATH = /(?:^|[/_.-])schedstat(?:[._-][^/]{0,200})?$/;

/**
 * `/proc/PID/schedstat`: time the task ran, time it waited for a CPU (both ns), slices: `1220722779 55956664 200`. Three
 * bare numbers say nothing of themselves; the path has to help.
 */
export const procPidSchedstat = {
  id: 'proc-pid-schedstat',
  title: 'run queue wait of a task (/proc/PID/schedstat)',
  format: { reference: 'https://docs.kernel.org/scheduler/sched-stats.html', versions: 'Linux 2.6.9–6.x' },
  sniff: ({ lines, complete, path }) => {
    if (!complete || !/^\d+ \d+ \d+\s*$/.test(firstLine(lines)) || lines.filter((line) => line !== '').length > 1)
      return 0;
    return 0.45 + (PATH.test(path) ? 0.05 : 0);
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const [run, wait, slices] = fields(text).map(numberOf);
      if (run === undefined || wait === undefined || slices === undefined)
        return sink.problem('BAD_LINE', { expected: 'three numbers', found: text }, line);
      sink.series('proc.pid.schedstat.run', sink.context, NANOSECONDS).push(time, run, line);
      sink.series('proc.pid.schedstat.wait', sink.context, NANOSECONDS).push(time, wait, line);
      sink.series('proc.pid.schedstat.timeslices', sink.context, COUNTER).push(time, slices, line);
    });
  },
} as const satisfies Importer;
