import { looksLikeKeyValues, readKeyValues } from '../proc/key-values.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const BYTES: SeriesHints = { kind: 'gauge', unit: 'bytes' };
const COUNTED =
  /^(?:total_)?(?:pg|workingset_(?:refault|activate|restore|nodereclaim)|thp_|zswpin|zswpout|zswpwb|swpin|swpout|numa_|pswp)/;
const OF_CGROUP =
  /^(anon|file|kernel_stack|slab|sock|percpu|inactive_anon|unevictable|cache|rss|total_rss|hierarchical_memory_limit|total_cache|mapped_file)$/;

/**
 * `memory.stat` of a cgroup: bytes, and counters of faults, reclaim and refaults. v1 repeats everything with `total_` for
 * the tree below; `hierarchical_memory_limit` near 2^63 means none.
 *
 *     anon 12976128
 *     pgfault 33314
 */
export const cgroupMemoryStat = {
  id: 'cgroup-memory-stat',
  title: 'memory of a cgroup (memory.stat)',
  format: {
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files',
    versions: 'cgroup v1 and v2',
  },
  sniff: ({ lines }) => (looksLikeKeyValues(lines, (key) => OF_CGROUP.test(key)) ? 0.95 : 0),
  read: async (file, sink) => {
    sink.format(/^(cache|hierarchical_memory_limit|total_rss) /m.test(file.head.text) ? 'cgroup v1' : 'cgroup v2');
    await readKeyValues(file, sink, {
      prefix: 'cgroup.memory.stat.',
      hints: (key) => (COUNTED.test(key) ? COUNTER : BYTES),
    });
  },
} as const satisfies Importer;
