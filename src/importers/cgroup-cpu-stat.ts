import { looksLikeKeyValues, readKeyValues } from '../proc/key-values.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;

/**
 * `cpu.stat` of a cgroup. v2: µs, `nr_…` only with the CPU controller on; `nr_bursts burst_usec` since 5.15. v1:
 * `nr_periods nr_throttled throttled_time`, ns.
 *
 *     usage_usec 451080
 *     nr_periods 0
 *     nr_throttled 0
 *     throttled_usec 0
 */
export const cgroupCpuStat = {
  id: 'cgroup-cpu-stat',
  title: 'CPU use and throttling of a cgroup (cpu.stat)',
  format: {
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files',
    versions: 'cgroup v1 and v2',
  },
  sniff: ({ lines }) =>
    looksLikeKeyValues(lines, (key) => /^(usage_usec|nr_periods|throttled_usec|throttled_time)$/.test(key)) ? 0.96 : 0,
  read: async (file, sink) => {
    sink.format(file.head.text.includes('throttled_time') ? 'cgroup v1' : 'cgroup v2');
    await readKeyValues(file, sink, { prefix: 'cgroup.cpu.stat.', hints: () => COUNTER });
  },
} as const satisfies Importer;
