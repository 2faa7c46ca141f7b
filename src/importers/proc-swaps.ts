import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/** `/proc/swaps`: `Filename Type Size Used Priority`, sizes in KiB. Fact `memory.swap_total`: 0 when only the header is there. */
export const procSwaps = {
  id: 'proc-swaps',
  title: 'swap areas (/proc/swaps)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_swaps.5.html', versions: 'Linux 2.0–6.x' },
  sniff: ({ lines }) => (/^Filename\s+Type\s+Size\s+Used\s+Priority/.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    let total = 0;
    await eachLine(file, sink, (text, line) => {
      if (text.startsWith('Filename')) return;
      const size = numberOf(fields(text).at(-3));
      if (size === undefined) sink.problem('BAD_LINE', { expected: 'an area and its size', found: text }, line);
      else total += size * 1024;
    });
    sink.fact('memory.swap_total', total, { labels: sink.context, unit: 'bytes' });
  },
} as const satisfies Importer;
