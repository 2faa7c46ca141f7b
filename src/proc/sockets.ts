import type { Sink } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { eachLine, fields, firstLine } from './snapshot.js';

/** One row of a socket table. */
export interface SocketRow {
  /** Local address and port, hexadecimal. */
  readonly local: string;
  readonly state: number;
  readonly tx: number;
  readonly rx: number;
  /** `00` none, `01` retransmission, `02` keep-alive, `03` TIME_WAIT, `04` zero-window probe. */
  readonly timer: string;
  readonly retransmits: number;
  readonly inode: string | undefined;
  readonly line: number;
  readonly cells: readonly string[];
}

export interface SocketHandler {
  readonly header?: (text: string) => void;
  readonly socket: (row: SocketRow) => void;
  /** Called once per snapshot, also of an empty table. */
  readonly flush: (time: Milliseconds) => void;
}

const HEADER = /^\s*sl\s+local_address\s+(?:rem_address|remote_address)\s+st\s/;
const ROW =
  /^\s*\d+: [0-9A-Fa-f]{8,32}:[0-9A-Fa-f]{4} [0-9A-Fa-f]{8,32}:[0-9A-Fa-f]{4} [0-9A-Fa-f]{2} [0-9A-Fa-f]{8}:[0-9A-Fa-f]{8}/;

/** Reads `/proc/net/{tcp,tcp6,udp,udp6}`. */
export async function readSockets(file: DumpFile, sink: Sink, handler: SocketHandler): Promise<void> {
  await eachLine(
    file,
    sink,
    (text, line) => {
      const cells = fields(text);
      if (cells[0] === 'sl') {
        handler.header?.(text);
        return;
      }
      const row = rowOf(cells, line);
      if (row === undefined) sink.problem('BAD_LINE', { expected: 'a row of a socket table', found: text }, line);
      else handler.socket(row);
    },
    { flush: handler.flush },
  );
}

function rowOf(cells: readonly string[], line: number): SocketRow | undefined {
  const [, local, remote, st, queues, timer, retransmits] = cells;
  if (local === undefined || remote === undefined || queues === undefined || st?.length !== 2) return undefined;
  const colon = queues.indexOf(':');
  if (colon < 0 || !local.includes(':')) return undefined;
  const state = Number.parseInt(st, 16);
  const tx = Number.parseInt(queues.slice(0, colon), 16);
  const rx = Number.parseInt(queues.slice(colon + 1), 16);
  if (Number.isNaN(state) || Number.isNaN(tx) || Number.isNaN(rx)) return undefined;
  const resent = Number.parseInt(retransmits ?? '0', 16);
  return {
    local,
    state,
    tx,
    rx,
    timer: timer?.slice(0, 2) ?? '00',
    retransmits: resent || 0,
    inode: cells[9],
    line,
    cells,
  };
}

/** Single sockets of one snapshot that get series of their own. */
export const SINGLE_SOCKETS = 256;

/** Labels of one socket: `local` as `127.0.0.1:80` or `[::1]:80`, its owner and its inode, which `fd` and `lsof` know. */
export function socketLabels(context: Labels, row: SocketRow): Labels {
  const uid = row.cells[7];
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  Object.assign(labels, context, { local: addressOf(row.local) });
  if (uid !== undefined && /^\d{1,10}$/.test(uid)) labels['uid'] = uid;
  if (row.inode !== undefined && /^\d{1,20}$/.test(row.inode)) labels['inode'] = row.inode;
  return labels;
}

/** `3500007F:0035` → `127.0.0.53:53`: words of 32 bits as a little-endian machine prints them, the port in order. */
function addressOf(text: string): string {
  const colon = text.indexOf(':');
  const [address, port] = [text.slice(0, colon), Number.parseInt(text.slice(colon + 1), 16)];
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (Number.isNaN(port) || bytes.some(Number.isNaN) || (bytes.length !== 4 && bytes.length !== 16)) return text;
  if (bytes.length === 4) return `${bytes.join('.')}:${port}`;
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16));
  return `[${shortened(groups)}]:${port}`;
}

/** The longest run of zero groups, two at least, as `::` (RFC 5952). */
function shortened(groups: readonly string[]): string {
  let [best, from] = [1, -1];
  for (let i = 0; i < groups.length; i++) {
    let end = i;
    while (groups[end] === '0') end++;
    if (end - i > best) [best, from] = [end - i, i];
  }
  if (from < 0) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + best).join(':')}`;
}

/**
 * Which table a head begins: UDP tables (since 2.6.27) have `ref pointer drops` in their header, and their sockets know
 * no other states than 01 and 07.
 */
export function socketHead(lines: readonly string[]): 'tcp' | 'udp' | null {
  const first = firstLine(lines);
  const rows = lines.slice(0, 200).filter((line) => ROW.test(line));
  if (!HEADER.test(first)) {
    if (rows.length === 0 || !ROW.test(first)) return null;
  } else if (first.includes('drops')) return 'udp';
  if (!HEADER.test(first) || !first.includes('inode')) return rows.length > 0 ? 'tcp' : null;
  return 'tcp';
}
