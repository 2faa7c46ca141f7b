import type { Importer } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { badCell, labelsOf, numberOf, words } from './tools/text.js';

const TCP = /^TCP:\s{1,20}(\d{1,12}) \((.{1,200}?)\)(?:, ports (\d{1,12}))?\s*$/;

/** Words of the TCP line → our names; `timewait 3/0` has the number of buckets after the slash. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['estab', 'proc.net.tcp.established'],
  ['timewait', 'proc.net.tcp.time_wait'],
  ['synrecv', 'proc.net.tcp.syn_recv'],
  ['orphaned', 'proc.net.sockstat.TCP.orphan'],
  ['closed', 'ss.summary.closed'],
]);

/**
 * `ss -s`: numbers of sockets.
 *
 * ```
 * Total: 180
 * TCP:   12 (estab 4, closed 1, orphaned 0, timewait 1)
 *
 * Transport Total     IP        IPv6
 * UDP       8         5         3
 * ```
 */
export const ssSummary: Importer = {
  id: 'ss-summary',
  title: 'ss -s',
  format: {
    reference: 'https://git.kernel.org/pub/scm/network/iproute2/iproute2.git/tree/misc/ss.c',
    versions: 'iproute2 3 to 6',
  },
  sniff(head) {
    const tcp = head.lines.slice(0, 60).some((line) => TCP.test(line));
    const table = head.lines.slice(0, 60).some((line) => /^Transport\s+Total\s+IP\s/.test(line));
    return tcp && table ? 0.97 : tcp ? 0.85 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    const labels = labelsOf([...Object.entries(sink.context), ['pod', sink.context['pod']]]);
    let time: number | undefined;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) time = undefined;
      const push = (name: string, cell: string | undefined, more: Record<string, string> = {}): void => {
        if (badCell(sink, cell, number)) return;
        const value = numberOf(cell);
        rows++;
        time ??= clock.next(number);
        sink.series(name, { ...labels, ...more }, { kind: 'gauge', unit: 'connections' }).push(time, value, number);
      };
      const total = /^Total:\s{1,20}(\d{1,12})\b/.exec(line);
      if (total !== null) {
        time = undefined;
        push('ss.summary.sockets', total[1]);
      }
      const tcp = TCP.exec(line);
      if (tcp !== null) {
        push('ss.summary.tcp', tcp[1]);
        for (const part of (tcp[2] ?? '').split(',')) {
          const [word = '', value = ''] = words(part);
          push(NAMES.get(word) ?? `ss.summary.${word}`, value.split('/')[0]);
        }
      }
      const [transport = '', all, ip, ip6] = words(line);
      if (/^(?:\*|RAW|UDP|TCP|INET|FRAG)$/.test(transport) && ip6 !== undefined) {
        push('ss.summary.transport', all, { transport, family: 'all' });
        push('ss.summary.transport', ip, { transport, family: 'ip' });
        push('ss.summary.transport', ip6, { transport, family: 'ipv6' });
      }
    }
    sink.format(`ss -s, ${rows} numbers`);
    if (rows === 0) sink.problem('NO_ROWS', {});
  },
};
