import { headerOf, tableRows, type Row } from '../table/rows.js';
import { readTime } from '../table/times.js';
import type { Importer, Sink } from './importer.js';
import { marksOf, PacketCounter } from './tools/packets.js';

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
    const counter = new PacketCounter(sink);
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
      packet(row, time, sink, counter);
    }
    if (stated) sink.format('packet list');
  },
} as const satisfies Importer;

/** Fields of the analysis, where they were asked for. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['capture.retransmissions', 'tcp.analysis.retransmission'],
  ['capture.duplicate_acks', 'tcp.analysis.duplicate_ack'],
  ['capture.zero_windows', 'tcp.analysis.zero_window'],
  ['capture.resets', 'tcp.flags.reset'],
];

function packet(row: Row, time: number, sink: Sink, counter: PacketCounter): void {
  const protocol = row.cell('Protocol', '_ws.col.Protocol', 'frame.protocols') ?? 'unknown';
  const size = row.cell('Length', 'frame.len', '_ws.col.Length');
  const length = Number(size ?? Number.NaN);
  if (size !== undefined && !Number.isFinite(length)) sink.problem('BAD_NUMBER', { found: size }, row.line);
  const marks = new Set(marksOf(row.cell('Info', '_ws.col.Info') ?? ''));
  for (const [name, field] of FIELDS) {
    const flag = row.cell(field);
    if (flag !== undefined && flag !== '0' && flag !== 'False') marks.add(name);
  }
  counter.packet(time, protocol, [...marks], row.line);
  if (Number.isFinite(length)) counter.add('capture.bytes', length, 'bytes', protocol, time, row.line);
}
