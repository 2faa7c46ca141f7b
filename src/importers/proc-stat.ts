import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal', 'guest', 'guest_nice'];
const SOFTIRQS = ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'BLOCK', 'IRQ_POLL', 'TASKLET', 'SCHED', 'HRTIMER', 'RCU'];
const SECONDS: SeriesHints = { kind: 'counter', unit: 'seconds', conversion: '÷ 100 (ticks of USER_HZ → s)' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const TASKS: SeriesHints = { kind: 'gauge', unit: 'tasks' };
/** Ticks per second of every number of time that Linux shows to users. */
const USER_HZ = 100;

/**
 * `/proc/stat`: CPU time by mode in ticks of 1/100 s, interrupts, context switches, tasks. `user` includes `guest`;
 * `iowait` may fall; steal since 2.6.11, guest since 2.6.24, guest_nice since 2.6.33.
 *
 *     cpu  301854 612 111922 8979004 3552 2 3944 0 0 0
 *     cpu0 44490 19 21045 1087069 220 1 3410 0 0 0
 *     intr 8885917 17 0 …
 *     ctxt 38014093
 *     btime 1418183276
 */
export const procStat = {
  id: 'proc-stat',
  title: 'CPU time and tasks (/proc/stat)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_stat.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => (/^cpu0? {1,8}\d+ \d+ \d+ \d+/.test(firstLine(lines)) ? 0.96 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const cells = fields(text);
      const key = cells[0]!;
      const value = numberOf(cells[1]);
      if (value === undefined) return sink.problem('BAD_LINE', { expected: 'a name and numbers', found: text }, line);
      if (key.startsWith('cpu')) {
        if (cells.length < 5) sink.problem('TOO_FEW_COLUMNS', { expected: 5, found: cells.length }, line);
        const cpu = key.slice(3);
        const labels = cpu === '' ? sink.context : labelled.with(sink.context, 'cpu', cpu);
        const prefix = cpu === '' ? 'proc.stat.total.' : 'proc.stat.cpu.';
        for (let i = 0; i < MODES.length && i + 1 < cells.length; i++) {
          const ticks = numberOf(cells[i + 1]);
          if (ticks === undefined) sink.problem('BAD_NUMBER', { found: cells[i + 1]! }, line);
          else sink.series(prefix + MODES[i]!, labels, SECONDS).push(time, ticks / USER_HZ, line);
        }
      } else if (key === 'btime') sink.fact('boot.time', value, { labels: sink.context, unit: 'seconds', line });
      else if (key === 'softirq') {
        sink.series('proc.stat.softirq.total', sink.context, COUNTER).push(time, value, line);
        for (let i = 0; i < SOFTIRQS.length && i + 2 < cells.length; i++) {
          const count = numberOf(cells[i + 2]);
          if (count === undefined) sink.problem('BAD_NUMBER', { found: cells[i + 2]! }, line);
          else sink.series(`proc.stat.softirq.${SOFTIRQS[i]!}`, sink.context, COUNTER).push(time, count, line);
        }
      } else
        sink
          .series(`proc.stat.${key}`, sink.context, key.startsWith('procs_') ? TASKS : COUNTER)
          .push(time, value, line);
    });
  },
} as const satisfies Importer;
