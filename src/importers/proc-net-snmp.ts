import { pairedHead, readPairs } from '../proc/pairs.js';
import type { Importer } from './importer.js';

/**
 * `/proc/net/snmp` (also of a process: its network namespace): a line of names, then a line of values, per protocol.
 *
 *     Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens …
 *     Tcp: 1 200 120000 -1 81 1543 …
 *
 * `MaxConn` is signed; the columns of `Icmp` and `IcmpMsg` vary.
 */
export const procNetSnmp = {
  id: 'proc-net-snmp',
  title: 'protocol counters (/proc/net/snmp)',
  format: {
    reference: 'https://www.kernel.org/doc/html/latest/networking/snmp_counter.html',
    versions: 'Linux 2.6–6.x',
  },
  sniff: ({ lines }) => (pairedHead(lines, ['Ip: ', 'Icmp: ', 'Tcp: ', 'Udp: ']) ? 0.97 : 0),
  read: (file, sink) => readPairs(file, sink, 'proc.net.snmp'),
} as const satisfies Importer;
