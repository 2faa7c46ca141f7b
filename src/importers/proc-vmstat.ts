import { looksLikeKeyValues } from '../proc/key-values.js';
import { eachLine, fields, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'pages' };
const SUMMED: SeriesHints = { kind: 'counter', unit: 'count', conversion: 'sum over zones' };
/** Counters whose names begin like those of levels. */
const COUNTED = new Set([
  'nr_dirtied',
  'nr_written',
  'nr_vmscan_write',
  'nr_vmscan_immediate_reclaim',
  'nr_foll_pin_acquired',
  'nr_foll_pin_released',
  'nr_throttled_written',
  'nr_tlb_remote_flush',
  'nr_tlb_remote_flush_received',
  'nr_tlb_local_flush_all',
  'nr_tlb_local_flush_one',
]);
/** Names that older or newer kernels print once per zone. */
const ZONED =
  /^(allocstall|pgscan_kswapd|pgscan_direct|pgsteal_kswapd|pgsteal_direct|pgskip|pgrefill)_(?:dma|dma32|normal|high|movable|device)$/;

/**
 * `/proc/vmstat`: levels (`nr_…`, pages) and counters of memory management, a name and a number per line. Names differ by
 * kernel: `allocstall` became `allocstall_normal` … in 4.8, `pgsteal_kswapd_normal` … became `pgsteal_kswapd` there; per
 * zone names are summed. `numa_…` lines only with CONFIG_NUMA.
 *
 *     nr_free_pages 353388
 *     numa_pages_migrated 0
 */
export const procVmstat = {
  id: 'proc-vmstat',
  title: 'memory management counters (/proc/vmstat)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_vmstat.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) =>
    looksLikeKeyValues(lines, (key) => VMSTAT.test(key)) &&
    !lines.some((line) => /^(?:anon|file|cache|rss|sock) \d/.test(line))
      ? 0.93
      : 0,
  read: async (file, sink) => {
    const zones = new Map<string, number>();
    const flush = (time: number): void => {
      for (const [name, sum] of zones) sink.series(`proc.vmstat.${name}`, sink.context, SUMMED).push(time, sum);
      zones.clear();
    };
    await eachLine(
      file,
      sink,
      (text, line, time) => {
        const [key, digits] = fields(text);
        const value = numberOf(digits);
        if (value === undefined)
          return sink.problem('BAD_LINE', { expected: 'a name and a number', found: text }, line);
        const zoned = ZONED.exec(key!);
        if (zoned !== null) zones.set(zoned[1]!, (zones.get(zoned[1]!) ?? 0) + value);
        else sink.series(`proc.vmstat.${key!}`, sink.context, isLevel(key!) ? GAUGE : COUNTER).push(time, value, line);
      },
      { flush },
    );
  },
} as const satisfies Importer;

const VMSTAT =
  /^(nr_(?:free_pages|inactive_anon|anon_pages|dirty|mapped)|pgpgin|pgfault|pgmajfault|pswpin|allocstall\w*|oom_kill|(?:numa|compact|thp|pgscan|pgsteal|pgmigrate|workingset)_\w+)$/;

function isLevel(key: string): boolean {
  return (key.startsWith('nr_') && !COUNTED.has(key)) || key === 'workingset_nodes';
}
