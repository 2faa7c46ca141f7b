import { settingOf } from '../proc/sections.js';
import { eachLine, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^Max ([a-z -]{1,40}?) {2,60}(\d+|unlimited) {1,60}(\d+|unlimited)/;

/** `/proc/PID/limits`: `Max open files            1024                 4096                 files`. Facts `limit.<name>`. */
export const procPidLimits = {
  id: 'proc-pid-limits',
  title: 'limits of a process (/proc/PID/limits)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html', versions: 'Linux 2.6.24–6.x' },
  sniff: ({ lines }) =>
    /^Limit +Soft Limit +Hard Limit/.test(firstLine(lines)) || LINE.test(firstLine(lines)) ? 0.96 : 0,
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line) => {
      const match = LINE.exec(text);
      if (match === null) {
        if (!text.startsWith('Limit ')) sink.problem('BAD_LINE', { expected: 'Max …', found: text }, line);
        return;
      }
      const name = `limit.${match[1]!.replaceAll(' ', '_')}`;
      sink.fact(name, settingOf(match[2]!), { labels: sink.context, line });
      sink.fact(`${name}_hard`, settingOf(match[3]!), { labels: sink.context, line });
    });
  },
} as const satisfies Importer;
