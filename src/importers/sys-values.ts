import { settingOf } from '../proc/sections.js';
import { eachLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^\/?((?:[\w.@-]+\/)+[\w.@-]+):(\S.*)$/;
const KNOWN =
  /(?:^|\/)(rps_cpus|rps_flow_cnt|xps_cpus|numa_balancing|somaxconn|scan_period_min_ms|scan_period_max_ms|scan_size_mb|enabled|defrag|mtu|operstate|speed|tx_queue_len|scheduler|nr_requests|read_ahead_kb|rotational)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Values of `/sys` or `/proc/sys` as `grep . -r` prints them, `path:value`; also a boot id alone. Facts
 * `sys.<path with dots>`, `boot.id`.
 *
 *     eth0/queues/rx-0/rps_cpus:0
 */
export const sysValues = {
  id: 'sys-values',
  title: 'values of /sys with their paths',
  format: { reference: 'https://docs.kernel.org/admin-guide/sysfs-rules.html', versions: 'grep -r output' },
  sniff: ({ lines, complete }) => {
    const whole = lines.slice(0, complete ? 30 : Math.min(30, lines.length - 1)).filter((line) => line !== '');
    if (complete && whole.length === 1 && UUID.test(whole[0]!)) return 0.7;
    const good = whole.filter((line) => KNOWN.test(LINE.exec(line)?.[1] ?? ''));
    return whole.length > 0 && good.length >= 0.8 * whole.length ? 0.85 : 0;
  },
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line) => {
      if (UUID.test(text)) return sink.fact('boot.id', text, { labels: sink.context, line });
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'path:value', found: text }, line);
      sink.fact(`sys.${match[1]!.replaceAll('/', '.')}`, settingOf(match[2]!), { labels: sink.context, line });
    });
  },
} as const satisfies Importer;
