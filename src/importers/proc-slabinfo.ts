import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const COUNT = { kind: 'gauge', unit: 'count' } as const;
const BYTES = { kind: 'gauge', unit: 'bytes' } as const;

/**
 * `/proc/slabinfo`: kernel object caches; objects in use, and bytes taken (objects × size).
 *
 *     slabinfo - version: 2.1
 *     # name            <active_objs> <num_objs> <objsize> …
 *     kmem_cache           904    936    832   39    8 : tunables …
 */
export const procSlabinfo = {
  id: 'proc-slabinfo',
  title: 'kernel object caches (/proc/slabinfo)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/slabinfo.5.html', versions: 'slabinfo 2.0, 2.1' },
  sniff: ({ lines }) => (/^slabinfo - version: /.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('slabinfo') || text.startsWith('#')) return;
      const cells = fields(text);
      const [active, total, size] = [numberOf(cells[1]), numberOf(cells[2]), numberOf(cells[3])];
      if (active === undefined || total === undefined || size === undefined)
        return sink.problem('BAD_LINE', { expected: 'a cache and its objects', found: text }, line);
      const labels = labelled.with(sink.context, 'slab', cells[0]!);
      sink.series('proc.slabinfo.active_objects', labels, COUNT).push(time, active, line);
      sink.series('proc.slabinfo.bytes', labels, BYTES).push(time, total * size, line);
    });
  },
} as const satisfies Importer;
