import { settingOf } from '../proc/sections.js';
import { eachLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^([a-z][\w-]*[./][\w*:@./-]*[\w*@/-]) ?(?:=|:) ?(.*)/s;

/**
 * Output of `sysctl -a`: `kernel.numa_balancing = 1`. Values with several numbers are separated by tabs or blanks. Facts
 * `sysctl.<name>`.
 */
export const sysctl = {
  id: 'sysctl',
  title: 'kernel settings (sysctl -a)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/sysctl.8.html', versions: 'procps 2–4' },
  sniff: ({ lines, complete }) => {
    const last = complete ? lines.length : lines.length - 1;
    let good = 0;
    let all = 0;
    for (let i = 0; i < Math.min(last, 60); i++) {
      const line = lines[i]!;
      if (line.trim() === '' || line.startsWith('sysctl: ')) continue;
      all++;
      if (/^(?:abi|crypto|debug|dev|fs|kernel|net|sunrpc|user|vm|fscache)[./][\w.*:@/-]+ = ?/.test(line)) good++;
    }
    return good >= 1 && good >= 0.8 * all ? 0.95 : 0;
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line) => {
      if (text.startsWith('sysctl: ')) return;
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'name = value', found: text }, line);
      sink.fact(`sysctl.${match[1]!.replaceAll('/', '.')}`, settingOf(match[2]!), { labels: sink.context, line });
    });
  },
} as const satisfies Importer;
