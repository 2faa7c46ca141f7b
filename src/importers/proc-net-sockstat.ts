import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^(sockets|TCP|UDP|UDPLITE|RAW|FRAG|TCP6|UDP6|UDPLITE6|RAW6|FRAG6): (used|inuse) \d/;
const HINTS = { kind: 'gauge', unit: 'count' } as const;
const PAGES = { kind: 'gauge', unit: 'pages' } as const;
const BYTES = { kind: 'gauge', unit: 'bytes' } as const;

/**
 * `/proc/net/sockstat` and `sockstat6`: sockets by protocol. `mem` is in pages, `memory` in bytes; `inuse` counts the
 * network namespace, `orphan`, `alloc` and `mem` the whole host.
 *
 *     sockets: used 1602
 *     TCP: inuse 35 orphan 0 tw 4 alloc 59 mem 22
 */
export const procNetSockstat = {
  id: 'proc-net-sockstat',
  title: 'sockets by protocol (/proc/net/sockstat)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_net.5.html', versions: 'Linux 2.4–6.x' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const cells = fields(text);
      const head = cells[0]!;
      if (!head.endsWith(':') || cells.length < 3)
        return sink.problem('BAD_LINE', { expected: 'a protocol and its numbers', found: text }, line);
      if (cells.length % 2 === 0)
        sink.problem('BAD_LINE', { expected: 'pairs of a name and a number', found: text }, line);
      for (let i = 1; i + 1 < cells.length; i += 2) {
        const key = cells[i]!;
        const value = numberOf(cells[i + 1]);
        if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i + 1]! }, line);
        else {
          const hints = key === 'mem' ? PAGES : key === 'memory' ? BYTES : HINTS;
          sink.series(`proc.net.sockstat.${head}${key}`.replace(':', '.'), sink.context, hints).push(time, value, line);
        }
      }
    });
  },
} as const satisfies Importer;
