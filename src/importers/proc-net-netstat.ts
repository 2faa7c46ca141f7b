import { pairedHead, readPairs } from '../proc/pairs.js';
import type { Importer } from './importer.js';

/**
 * `/proc/net/netstat`: extended TCP and IP counters, a line of names, then a line of values. Names come, go and change
 * their place with every kernel; `MPTcpExt` since 5.6.
 *
 *     TcpExt: SyncookiesSent SyncookiesRecv … ListenOverflows ListenDrops …
 *     TcpExt: 0 0 … 12 12 …
 */
export const procNetNetstat = {
  id: 'proc-net-netstat',
  title: 'extended TCP and IP counters (/proc/net/netstat)',
  format: {
    reference: 'https://www.kernel.org/doc/html/latest/networking/snmp_counter.html',
    versions: 'Linux 2.6–6.x',
  },
  sniff: ({ lines }) => (pairedHead(lines, ['TcpExt: ', 'IpExt: ', 'MPTcpExt: ']) ? 0.98 : 0),
  read: (file, sink) => readPairs(file, sink, 'proc.net.netstat'),
} as const satisfies Importer;
