import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^(\d+\.\d\d) (\d+\.\d\d)\s*$/;

/** `/proc/uptime`: seconds since boot, and idle seconds of all CPUs: `1305.21 4803.02`. Facts `node.uptime`, `boot.time`. */
export const procUptime = {
  id: 'proc-uptime',
  title: 'time since boot (/proc/uptime)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_uptime.5.html', versions: 'Linux 2.0–6.x' },
  sniff: ({ lines, complete }) => (complete && lines.length <= 2 && LINE.test(firstLine(lines)) ? 0.9 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const uptime = numberOf(LINE.exec(text)?.[1]);
      if (uptime === undefined) return sink.problem('BAD_LINE', { expected: 'two numbers', found: text }, line);
      sink.fact('node.uptime', uptime, { labels: sink.context, unit: 'seconds', line, ...(time > 0 && { time }) });
      // a modification time may be that of a copy, hours after the boot it would tell
      if (time > 0 && sink.taken?.how !== 'file')
        sink.fact('boot.time', Math.round(time / 1000 - uptime), { labels: sink.context, unit: 'seconds', line });
    });
  },
} as const satisfies Importer;
