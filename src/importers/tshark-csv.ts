import { headerOf, tableRows, type Row } from '../table/rows.js';
import { readTime } from '../table/times.js';
import type { Importer, SeriesWriter, Sink } from './importer.js';

/**
 * Packets as Wireshark's CSV export or `tshark -T fields -E header=y -E separator=,` write them.
 *
 *     "No.","Time","Source","Destination","Protocol","Length","Info"
 *     "1","0.000000","10.0.0.1","10.0.0.2","TCP","74","51234 > 80 [SYN] Seq=0"
 *
 *     frame.time_epoch,ip.src,ip.dst,_ws.col.Protocol,frame.len,tcp.analysis.retransmission
 *
 * Counters per protocol: packets, bytes, and what the analysis marks (retransmissions, duplicate acknowledgements, zero
 * windows, resets). Wireshark's times are relative to the first packet unless set otherwise.
 */
export const tsharkCsv = {
  id: 'tshark-csv',
  title: 'Packet list of Wireshark or tshark',
  format: { reference: 'https://www.wireshark.org/docs/man-pages/tshark.html', versions: 'CSV export, -T fields' },
  sniff(head) {
    const names = headerOf(head);
    if (names.includes('no') && names.includes('time') && names.includes('protocol') && names.includes('info'))
      return 0.95;
    const fields = names.filter((name) => /^(?:frame(?:time|len|number)|ipsrc|ipdst|tcp|wscol)/.test(name));
    return fields.length > 1 && names.some((name) => name.startsWith('frametime')) ? 0.95 : 0;
  },
  async read(file, sink) {
    const counters = new Map<string, { writer: SeriesWriter; total: number }>();
    let stated = false;
    for await (const row of tableRows(file, sink)) {
      const cell = row.cell('frame.time_epoch', 'Time', 'frame.time', 'frame.time_relative') ?? '';
      const absolute = readTime(cell, null);
      const seconds = Number(cell);
      const time = absolute?.time ?? (cell !== '' && Number.isFinite(seconds) ? seconds * 1000 : undefined);
      if (time === undefined) {
        sink.problem('BAD_TIME', { found: cell }, row.line);
        continue;
      }
      if (!stated) sink.clock({ kind: absolute === null ? 'relative' : absolute.kind === 'local' ? 'local' : 'utc' });
      stated = true;
      packet(row, time, sink, counters);
    }
    if (stated) sink.format('packet list');
  },
} as const satisfies Importer;

const MARKS: readonly (readonly [string, RegExp, string])[] = [
  ['capture.retransmissions', /\[TCP (?:Fast |Spurious )?Retransmission\]/, 'tcp.analysis.retransmission'],
  ['capture.duplicate_acks', /\[TCP Dup ACK/, 'tcp.analysis.duplicate_ack'],
  ['capture.zero_windows', /\[TCP ZeroWindow\]/, 'tcp.analysis.zero_window'],
  ['capture.resets', /\[RST(?:, ACK)?\]/, 'tcp.flags.reset'],
];

function packet(
  row: Row,
  time: number,
  sink: Sink,
  counters: Map<string, { writer: SeriesWriter; total: number }>,
): void {
  const count = (name: string, amount: number, unit: 'packets' | 'bytes', protocol: string): void => {
    const key = `${name}\n${protocol}`;
    let counter = counters.get(key);
    if (counter === undefined)
      counters.set(key, (counter = { writer: sink.series(name, { protocol }, { kind: 'counter', unit }), total: 0 }));
    counter.total += amount;
    counter.writer.push(time, counter.total, row.line);
  };
  const protocol = row.cell('Protocol', '_ws.col.Protocol', 'frame.protocols') ?? 'unknown';
  const size = row.cell('Length', 'frame.len', '_ws.col.Length');
  const length = Number(size ?? Number.NaN);
  if (size !== undefined && !Number.isFinite(length)) sink.problem('BAD_NUMBER', { found: size }, row.line);
  const info = row.cell('Info', '_ws.col.Info') ?? '';
  count('capture.packets', 1, 'packets', protocol);
  if (Number.isFinite(length)) count('capture.bytes', length, 'bytes', protocol);
  for (const [name, pattern, field] of MARKS) {
    const flag = row.cell(field);
    if (pattern.test(info) || (flag !== undefined && flag !== '0' && flag !== 'False'))
      count(name, 1, 'packets', protocol);
  }
}
