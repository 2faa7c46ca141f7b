import { eachLine, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^(\d+\.\d\d) (\d+\.\d\d) (\d+\.\d\d) (\d+)\/(\d+) \d+\s*$/;
const HINTS = { kind: 'gauge', unit: 'tasks' } as const;

/** `/proc/loadavg`: load over 1, 5 and 15 minutes, runnable and all tasks, last process id: `0.62 0.13 0.04 1/119 816`. */
export const procLoadavg = {
  id: 'proc-loadavg',
  title: 'load average (/proc/loadavg)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_loadavg.5.html', versions: 'Linux 2.0–6.x' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'three loads and tasks', found: text }, line);
      ['load1', 'load5', 'load15', 'runnable', 'tasks'].forEach((name, i) =>
        sink.series(`proc.loadavg.${name}`, sink.context, HINTS).push(time, Number(match[i + 1]), line),
      );
    });
  },
} as const satisfies Importer;
