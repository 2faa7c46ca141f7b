import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const BYTES: SeriesHints = { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' };
const COUNT: SeriesHints = { kind: 'gauge', unit: 'count' };
const LINE = /^([A-Z][\w()]*):[ \t]+(\d+)(?: (kB|KB))?[ \t]*$/;

/**
 * `/proc/meminfo`: levels of memory, `kB` meaning KiB; lines without a unit are counts of huge pages. MemAvailable since
 * 3.14.
 *
 *     MemTotal:       15666184 kB
 *     HugePages_Total:       0
 */
export const procMeminfo = {
  id: 'proc-meminfo',
  title: 'memory of the node (/proc/meminfo)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_meminfo.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => {
    const first = firstLine(lines);
    if (/^MemTotal:[ \t]+\d+ kB/.test(first)) return 0.97;
    const known = lines.filter((line) =>
      /^(MemTotal|MemFree|Buffers|Cached|SwapTotal|Dirty|Writeback|MemAvailable):[ \t]+\d+ kB/.test(line),
    );
    return known.length >= 3 && LINE.test(first) ? 0.9 : 0;
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const match = LINE.exec(text);
      const value = numberOf(match?.[2]);
      if (match === null || value === undefined)
        return sink.problem('BAD_LINE', { expected: 'a name and kB', found: text }, line);
      const writer = sink.series(`proc.meminfo.${match[1]!}`, sink.context, match[3] === undefined ? COUNT : BYTES);
      writer.push(time, match[3] === undefined ? value : value * 1024, line);
    });
  },
} as const satisfies Importer;
