import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, hexOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'packets' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'connections' };

/**
 * `/proc/net/stat/nf_conntrack`: counters of connection tracking, a row per CPU, hexadecimal, names in the header.
 * `entries` is the number of the whole host, repeated on each row.
 *
 *     entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop …
 *     000003c0  00000000 00000000 …
 */
export const procNetStatNfConntrack = {
  id: 'proc-net-stat-nf-conntrack',
  title: 'connection tracking counters (/proc/net/stat/nf_conntrack)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/conntrack.8.html', versions: 'Linux 2.6.20–6.x' },
  sniff: ({ lines }) => (/^entries +(clashres|searched) +found /.test(firstLine(lines)) ? 0.98 : 0),
  read: async (file, sink) => {
    let names: string[] = [];
    let row = 0;
    await eachLine(
      file,
      sink,
      (text, line, time) => {
        const cells = fields(text);
        if (cells[0] === 'entries') {
          names = cells;
          row = 0;
          return;
        }
        if (cells.length !== names.length)
          sink.problem('COLUMNS_DIFFER', { expected: names.length, found: cells.length }, line);
        const labels = labelled.with(sink.context, 'cpu', String(row));
        for (let i = 0; i < names.length && i < cells.length; i++) {
          const value = hexOf(cells[i]);
          const name = `proc.net.stat.nf_conntrack.${names[i]!}`;
          if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i]! }, line);
          else if (names[i] !== 'entries') sink.series(name, labels, COUNTER).push(time, value, line);
          else if (row === 0) sink.series(name, sink.context, GAUGE).push(time, value, line);
        }
        row++;
      },
      { flush: () => (row = 0) },
    );
  },
} as const satisfies Importer;
