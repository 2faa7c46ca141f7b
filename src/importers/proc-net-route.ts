import { eachLine, fields, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/**
 * `/proc/net/route`: addresses as little-endian hexadecimal words. Facts `net.route.default` (the interface) and
 * `net.route.count`; other addresses are not kept.
 */
export const procNetRoute = {
  id: 'proc-net-route',
  title: 'routes (/proc/net/route)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_net.5.html', versions: 'Linux 2.0–6.x' },
  sniff: ({ lines }) => (/^Iface\s+Destination\s+Gateway\s+Flags/.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    let count = 0;
    await eachLine(file, sink, (text, line) => {
      if (text.startsWith('Iface')) return;
      const cells = fields(text);
      if (cells.length < 8) return sink.problem('TOO_FEW_COLUMNS', { expected: 8, found: cells.length }, line);
      count++;
      if (cells[1] === '00000000' && cells[7] === '00000000')
        sink.fact('net.route.default', cells[0]!, { labels: sink.context, line });
    });
    sink.fact('net.route.count', count, { labels: sink.context });
  },
} as const satisfies Importer;
