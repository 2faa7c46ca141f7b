import { labelled } from '../proc/labels.js';
import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const HEAD = /^(\d+) \((.{0,64})\) ([RSDTtWXxKPIZN]) (-?\d+) -?\d+ -?\d+ /;
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'count' };
const PAGES: SeriesHints = { kind: 'gauge', unit: 'pages' };
const BYTES: SeriesHints = { kind: 'gauge', unit: 'bytes' };
/** Position after the state (field 4 is 1) → name. */
const COLUMNS: readonly (readonly [number, string, SeriesHints])[] = [
  [7, 'minflt', COUNTER],
  [9, 'majflt', COUNTER],
  [11, 'utime', COUNTER],
  [12, 'stime', COUNTER],
  [17, 'num_threads', GAUGE],
  [20, 'vsize', BYTES],
  [21, 'rss', PAGES],
  [36, 'processor', GAUGE],
  [39, 'delayacct_blkio_ticks', COUNTER],
];

/**
 * `/proc/PID/stat`: one line; the name in parentheses may hold blanks and parentheses itself. utime and stime in ticks of
 * 1/100 s, rss in pages.
 *
 *     211 (python3) S 1 0 0 0 -1 4194560 33314 0 81 0 70 256 …
 */
export const procPidStat = {
  id: 'proc-pid-stat',
  title: 'times and faults of a process (/proc/PID/stat)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => (HEAD.test(firstLine(lines)) ? 0.96 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const open = text.indexOf('(');
      const close = text.lastIndexOf(')');
      const pid = text.slice(0, Math.max(0, open)).trim();
      if (open < 0 || close < open || numberOf(pid) === undefined)
        return sink.problem('BAD_LINE', { expected: 'pid (name) state …', found: text }, line);
      const labels = Object.hasOwn(sink.context, 'pid') ? sink.context : labelled.with(sink.context, 'pid', pid);
      const cells = text.slice(close + 2).split(' ');
      if (sink.taken?.how !== 'path') {
        sink.fact('process.name', text.slice(open + 1, close), { labels, line });
        sink.fact('process.state', cells[0] ?? '', { labels, line });
      }
      // uninterruptible sleep is what a task stuck in the kernel looks like
      sink.series('proc.pid.stat.uninterruptible', labels, GAUGE).push(time, cells[0] === 'D' ? 1 : 0, line);
      for (const [column, name, hints] of COLUMNS) {
        const value = numberOf(cells[column]);
        if (value !== undefined) sink.series(`proc.pid.stat.${name}`, labels, hints).push(time, value, line);
      }
    });
  },
} as const satisfies Importer;
