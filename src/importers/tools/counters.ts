import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';

/** Protocols of the kernel's SNMP counters, longest prefix first, and the /proc file they stand in. */
const PROTOCOLS: readonly (readonly [prefix: string, file: string])[] = [
  ['MPTcpExt', 'netstat'],
  ['TcpExt', 'netstat'],
  ['IpExt', 'netstat'],
  ['UdpLite6', 'snmp6'],
  ['Udp6', 'snmp6'],
  ['Icmp6', 'snmp6'],
  ['Ip6', 'snmp6'],
  ['IcmpMsg', 'snmp'],
  ['Icmp', 'snmp'],
  ['UdpLite', 'snmp'],
  ['Udp', 'snmp'],
  ['Tcp', 'snmp'],
  ['Ip', 'snmp'],
];

/**
 * Foreign name of a kernel counter as nstat spells it: `TcpExtListenDrops` is `proc.net.netstat.TcpExt.ListenDrops`;
 * undefined when no protocol fits.
 */
export function kernelCounter(name: string): string | undefined {
  for (const [prefix, file] of PROTOCOLS) {
    if (!name.startsWith(prefix) || name.length === prefix.length) continue;
    return file === 'snmp6' ? `proc.net.snmp6.${name}` : `proc.net.${file}.${prefix}.${name.slice(prefix.length)}`;
  }
  return undefined;
}

/** Whether an SNMP name is a level, not a counter. */
export function isGauge(name: string): boolean {
  return /(?:CurrEstab|RtoMin|RtoMax|RtoAlgorithm|MaxConn|DefaultTTL|Forwarding)$/.test(name);
}

interface Block {
  readonly time: Milliseconds;
  readonly values: ReadonlyMap<string, { readonly value: number; readonly line: number }>;
}

/**
 * Pushes snapshots of counters. nstat without `-a` prints differences since its last run and does not say so; counters
 * that fall between snapshots betray it. Differences are pushed as their running sum, so that the rate between two
 * snapshots is right.
 * @returns how the numbers were taken
 */
export function pushSnapshots(sink: Sink, blocks: readonly Block[], labels: Labels): 'totals' | 'differences' {
  const differences = fallsOften(blocks);
  const sums = new Map<string, number>();
  for (const block of blocks)
    for (const [name, { value, line }] of block.values) {
      const gauge = isGauge(name);
      const sum = (sums.get(name) ?? 0) + value;
      sums.set(name, sum);
      const conversion = differences && !gauge ? { conversion: 'running sum of differences' } : {};
      sink
        .series(name, labels, { kind: gauge ? 'gauge' : 'counter', ...conversion })
        .push(block.time, differences && !gauge ? sum : value, line);
    }
  return differences ? 'differences' : 'totals';
}

function fallsOften(blocks: readonly Block[]): boolean {
  let pairs = 0;
  let falls = 0;
  for (const [i, block] of blocks.entries()) {
    const before = blocks[i - 1];
    if (before === undefined) continue;
    for (const [name, { value }] of block.values) {
      const last = before.values.get(name);
      if (last === undefined || isGauge(name)) continue;
      pairs++;
      if (value < last.value) falls++;
    }
  }
  // a reboot in between makes all counters fall once; differences make about half of the moving ones fall, every time
  return blocks.length > 2 ? falls > 0.05 * pairs : falls > 0.05 * pairs && falls < 0.6 * pairs;
}
