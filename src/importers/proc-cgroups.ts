import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const CGROUPS: SeriesHints = { kind: 'gauge', unit: 'count' };

/**
 * `/proc/cgroups`: how many cgroups each controller has. Removed ones count until nothing refers to them any more, so
 * that the number may be far above that of the folders.
 *
 *     #subsys_name	hierarchy	num_cgroups	enabled
 *     cpu	0	134	1
 *     memory	0	68680	1
 */
export const procCgroups = {
  id: 'proc-cgroups',
  title: 'numbers of cgroups (/proc/cgroups)',
  format: { reference: 'https://man7.org/linux/man-pages/man7/cgroups.7.html', versions: 'Linux 2.6.24–6.x' },
  sniff: ({ lines }) => (/^#subsys_name\s+hierarchy\s+num_cgroups\s+enabled/.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('#')) return;
      const [name, , count] = fields(text);
      const value = numberOf(count);
      if (name === undefined || value === undefined || !/^[a-z][\w-]{0,40}$/.test(name))
        return sink.problem('BAD_LINE', { expected: 'a controller and three numbers', found: text }, line);
      sink.series(`proc.cgroups.${name}`, sink.context, CGROUPS).push(time, value, line);
    });
  },
} as const satisfies Importer;
