import { looksLikeKeyValues, readKeyValues } from '../proc/key-values.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;

/**
 * `/proc/net/snmp6`: IPv6 counters, a name and a number per line.
 *
 *     Ip6InReceives                   	20912
 */
export const procNetSnmp6 = {
  id: 'proc-net-snmp6',
  title: 'IPv6 counters (/proc/net/snmp6)',
  format: {
    reference: 'https://www.kernel.org/doc/html/latest/networking/snmp_counter.html',
    versions: 'Linux 2.6–6.x',
  },
  sniff: ({ lines }) => (looksLikeKeyValues(lines, (key) => /^(Ip|Icmp|Udp|UdpLite)6[A-Z]/.test(key)) ? 0.95 : 0),
  read: async (file, sink) => {
    sink.format('name and value');
    await readKeyValues(file, sink, { prefix: 'proc.net.snmp6.', hints: () => COUNTER });
  },
} as const satisfies Importer;
