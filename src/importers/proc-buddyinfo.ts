import { labelled } from '../proc/labels.js';
import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^Node (\d+), zone +(\S+)((?: +\d+)+)\s*$/;
const COUNT = { kind: 'gauge', unit: 'count' } as const;

/** `/proc/buddyinfo`: free blocks by order (0 is a page): `Node 0, zone   Normal     78    114     82 …`. */
export const procBuddyinfo = {
  id: 'proc-buddyinfo',
  title: 'free memory blocks by size (/proc/buddyinfo)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_buddyinfo.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'a zone and free blocks', found: text }, line);
      const zone = labelled.with(labelled.with(sink.context, 'numa_node', match[1]!), 'zone', match[2]!);
      match[3]!
        .trim()
        .split(/ +/)
        .forEach((cell, order) => {
          const value = numberOf(cell);
          if (value !== undefined)
            sink
              .series('proc.buddyinfo.free', labelled.with(zone, 'order', String(order)), COUNT)
              .push(time, value, line);
        });
    });
  },
} as const satisfies Importer;
