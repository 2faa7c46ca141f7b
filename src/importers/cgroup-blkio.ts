import { labelled } from '../proc/labels.js';
import { baseName, eachLine, fields, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const LINE = /^\d+:\d+ (?:(?:Read|Write|Sync|Async|Discard|Total) )?\d+$/;
const NAME = /(?:^|[-_])(blkio\.[\w.]{1,100}?)(?:\.txt)?$/;

/**
 * `blkio.…` files of a cgroup v1: a number by device, mostly by kind of operation too. What is counted, only the name of
 * the file tells (`blkio.throttle.io_service_bytes`: bytes, `…io_serviced`: operations, `…_time`: ns).
 *
 *     8:0 Read 4096
 *     8:0 Write 512
 *     8:0 Total 4608
 *     Total 4608
 */
export const cgroupBlkio = {
  id: 'cgroup-blkio',
  title: 'disk use of a cgroup v1 (blkio.throttle.io_service_bytes …)',
  format: {
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v1/blkio-controller.html',
    versions: 'cgroup v1',
  },
  sniff: ({ lines, path }) => {
    if (!NAME.test(baseName(path))) return 0;
    return LINE.test(lines[0] ?? '') || (lines.length === 1 && /^Total \d+$/.test(lines[0]!)) ? 0.95 : 0;
  },
  read: async (file, sink) => {
    const name = NAME.exec(baseName(file.path))?.[1] ?? 'blkio';
    sink.format(name);
    const hints = hintsOf(name);
    await eachLine(file, sink, (text, line, time) => {
      const cells = fields(text);
      // the sum of all devices repeats what they say
      if (cells[0] === 'Total') return;
      const value = numberOf(cells.at(-1));
      if (!LINE.test(text.trimEnd()) || value === undefined)
        return sink.problem('BAD_LINE', { expected: 'a device and its number', found: text }, line);
      const device = labelled.with(sink.context, 'device', cells[0]!);
      const labels = cells.length > 2 ? labelled.with(device, 'operation', cells[1]!.toLowerCase()) : device;
      sink.series(`cgroup.${name}`, labels, hints).push(time, value, line);
    });
  },
} as const satisfies Importer;

function hintsOf(name: string): SeriesHints {
  if (name.includes('service_bytes')) return { kind: 'counter', unit: 'bytes' };
  if (/queued|_device$|weight/.test(name)) return { kind: 'gauge', unit: 'count' };
  return { kind: 'counter', unit: /serviced|merged/.test(name) ? 'operations' : 'count' };
}
