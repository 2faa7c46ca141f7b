import { labelled } from '../proc/labels.js';
import { readSockets, SINGLE_SOCKETS, socketHead, socketLabels, type SocketRow } from '../proc/sockets.js';
import { baseName } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/**
 * `/proc/net/udp` and `udp6`: every UDP socket of a network namespace: their number, queue bytes and (since 2.6.27, last
 * column) drops at full buffers, summed; and for the first 256 sockets each on its own. The tables `raw`, `icmp` and `udplite` look the same; only their name tells.
 */
export const procNetUdp = {
  id: 'proc-net-udp',
  title: 'UDP sockets (/proc/net/udp, udp6)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_net.5.html', versions: 'Linux 2.2–6.x' },
  sniff: (head) => {
    const table = socketHead(head.lines);
    if (table === 'udp') return 0.97;
    // before 2.6.27 the two tables had the same header
    return table === 'tcp' ? 0.93 + (/udp6?(?:\.\w+)?$/.test(head.path) ? 0.05 : 0) : 0;
  },
  read: async (file, sink) => {
    const tally = { sockets: 0, rx: 0, tx: 0, drops: 0 };
    let family = '';
    const table = `proc.net.${/^(raw|icmp|udplite)6?(?:\.\w+)?$/.exec(baseName(file.path))?.[1] ?? 'udp'}.`;
    let withDrops = false;
    const single: SocketRow[] = [];
    await readSockets(file, sink, {
      header: (text) => (withDrops = text.includes('drops')),
      socket: (row) => {
        if (family === '') family = row.local.indexOf(':') > 8 ? 'ipv6' : 'ipv4';
        tally.sockets++;
        tally.rx += row.rx;
        tally.tx += row.tx;
        if (!withDrops) return;
        tally.drops += dropsOf(row);
        if (single.length < SINGLE_SOCKETS) single.push(row);
      },
      flush: (time) => {
        const labels = labelled.with(
          sink.context,
          'family',
          family === '' ? (file.path.endsWith('6') ? 'ipv6' : 'ipv4') : family,
        );
        sink.series(`${table}sockets`, labels, { kind: 'gauge', unit: 'count' }).push(time, tally.sockets);
        sink.series(`${table}rx_queue`, labels, { kind: 'gauge', unit: 'bytes' }).push(time, tally.rx);
        sink.series(`${table}tx_queue`, labels, { kind: 'gauge', unit: 'bytes' }).push(time, tally.tx);
        // a closed socket takes its count along: the sum is a level
        if (withDrops) sink.series(`${table}drops`, labels, { kind: 'gauge', unit: 'packets' }).push(time, tally.drops);
        for (const row of single.splice(0))
          sink
            .series(`${table}socket_drops`, socketLabels(sink.context, row), DROPS)
            .push(time, dropsOf(row), row.line);
        tally.sockets = tally.rx = tally.tx = tally.drops = 0;
      },
    });
  },
} as const satisfies Importer;

const DROPS = { kind: 'counter', unit: 'packets' } as const;

function dropsOf(row: SocketRow): number {
  return Number(row.cells.at(-1)) || 0;
}
