import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const BYTES: SeriesHints = { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' };
const COUNT: SeriesHints = { kind: 'gauge', unit: 'count' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const LEVELS = new Set(['Threads', 'FDSize']);
/** What may decide a cause: name, which CPUs and memory nodes the process may use. */
const FACTS: ReadonlyMap<string, string> = new Map([
  ['Name', 'process.name'],
  ['Cpus_allowed_list', 'process.cpus_allowed'],
  ['Mems_allowed_list', 'process.mems_allowed'],
]);

/**
 * `/proc/PID/status`: memory in kB (KiB), threads, context switches; the last two lines since 2.6.23.
 *
 *     Name:	python3
 *     VmRSS:	  134736 kB
 *     voluntary_ctxt_switches:	172
 */
export const procPidStatus = {
  id: 'proc-pid-status',
  title: 'memory and switches of a process (/proc/PID/status)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_pid_status.5.html', versions: 'Linux 2.4–6.x' },
  sniff: ({ lines }) => {
    if (!/^Name:\s/.test(firstLine(lines))) return 0;
    return lines.some((line) => /^(State|Tgid|VmPeak|VmRSS):\s/.test(line)) ? 0.96 : 0.2;
  },
  read: async (file, sink) => {
    // a process may be moved between nodes: its masks are facts only as long as they do not change
    const once = sink.taken?.how !== 'path';
    await eachLine(file, sink, (text, line, time) => {
      const colon = text.indexOf(':');
      if (colon <= 0) return sink.problem('BAD_LINE', { expected: 'a name and a value', found: text }, line);
      const key = text.slice(0, colon);
      const rest = text.slice(colon + 1).trim();
      const fact = FACTS.get(key);
      if (fact !== undefined) {
        if (once) sink.fact(fact, rest, { labels: sink.context, line });
        return;
      }
      const memory = key.startsWith('Vm') || key.startsWith('Rss');
      const counter = key.endsWith('_ctxt_switches');
      if (!memory && !counter && !LEVELS.has(key)) return;
      const value = numberOf(memory ? rest.replace(/ kB$/, '') : rest);
      if (value === undefined) return sink.problem('BAD_NUMBER', { found: rest }, line);
      const hints = memory ? BYTES : counter ? COUNTER : COUNT;
      sink.series(`proc.pid.status.${key}`, sink.context, hints).push(time, memory ? value * 1024 : value, line);
    });
  },
} as const satisfies Importer;
