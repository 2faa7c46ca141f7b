import { eachLine, fields, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const NAME = /^[A-Za-z0-9_][\w-]{0,80}$/;

/**
 * Loaded kernel modules, from `lsmod` (`Module Size Used by`) or `/proc/modules` (name, size, users, their names, state,
 * address). Facts `module.‹name›`. What is not listed may be built into the kernel, so nothing is said of it.
 *
 *     Module                  Size  Used by
 *     ip_vs_rr               16384  2
 *     ip_vs                 221184  4 ip_vs_rr
 */
export const lsmod = {
  id: 'lsmod',
  title: 'loaded kernel modules (lsmod, /proc/modules)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/lsmod.8.html', versions: 'kmod, Linux 2.6–6.x' },
  sniff: ({ lines }) => {
    const first = firstLine(lines);
    if (/^Module\s+Size\s+Used by/.test(first)) return 0.98;
    return /^\w[\w-]* \d+ -?\d+ \S+ (?:Live|Loading|Unloading) 0x[0-9a-f]+/.test(first) ? 0.98 : 0;
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line) => {
      const [name = '', size = ''] = fields(text);
      if (name === 'Module' && size === 'Size') return;
      if (!NAME.test(name) || !/^\d+$/.test(size))
        return sink.problem('BAD_LINE', { expected: 'a module and its size', found: text }, line);
      sink.fact(`module.${name}`, true, { labels: sink.context, line });
    });
  },
} as const satisfies Importer;
