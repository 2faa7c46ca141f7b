import type { Importer, SeriesHints, Sink } from './importer.js';
import { exact } from './tools/sysstat.js';
import { BlockClock } from './tools/clock.js';

const KIB: SeriesHints = { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };

/** Words behind a number → our name, that of the file of /proc the number was taken from. */
const LINES: ReadonlyMap<string, readonly [name: string, hints: SeriesHints, factor: number]> = new Map([
  ['total memory', ['proc.meminfo.MemTotal', KIB, 1024]],
  ['used memory', ['vmstat.used_memory', KIB, 1024]],
  ['active memory', ['proc.meminfo.Active', KIB, 1024]],
  ['inactive memory', ['proc.meminfo.Inactive', KIB, 1024]],
  ['free memory', ['proc.meminfo.MemFree', KIB, 1024]],
  ['buffer memory', ['proc.meminfo.Buffers', KIB, 1024]],
  ['swap cache', ['proc.meminfo.Cached', KIB, 1024]],
  ['total swap', ['proc.meminfo.SwapTotal', KIB, 1024]],
  ['used swap', ['vmstat.used_swap', KIB, 1024]],
  ['free swap', ['proc.meminfo.SwapFree', KIB, 1024]],
  ['paged in', ['proc.vmstat.pgpgin', COUNTER, 1]],
  ['pages paged in', ['proc.vmstat.pgpgin', COUNTER, 1]],
  ['paged out', ['proc.vmstat.pgpgout', COUNTER, 1]],
  ['pages paged out', ['proc.vmstat.pgpgout', COUNTER, 1]],
  ['pages swapped in', ['proc.vmstat.pswpin', COUNTER, 1]],
  ['pages swapped out', ['proc.vmstat.pswpout', COUNTER, 1]],
  ['interrupts', ['proc.stat.intr', COUNTER, 1]],
  ['CPU context switches', ['proc.stat.ctxt', COUNTER, 1]],
  ['forks', ['proc.stat.processes', COUNTER, 1]],
]);
const MILLIS: SeriesHints = { kind: 'counter', unit: 'seconds', conversion: '× 0.001 (ms → s)' };
const SECTORS: SeriesHints = { kind: 'counter', unit: 'bytes', conversion: '× 512 (sectors → bytes)' };
/** `vmstat -D`: /proc/diskstats, summed over all disks. */
const DISKS: ReadonlyMap<string, readonly [name: string, hints: SeriesHints, factor: number]> = new Map([
  ['total reads', ['vmstat.disks.reads', COUNTER, 1]],
  ['merged reads', ['vmstat.disks.reads_merged', COUNTER, 1]],
  ['read sectors', ['vmstat.disks.read_bytes', SECTORS, 512]],
  ['milli reading', ['vmstat.disks.read_time', MILLIS, 0.001]],
  ['writes', ['vmstat.disks.writes', COUNTER, 1]],
  ['merged writes', ['vmstat.disks.writes_merged', COUNTER, 1]],
  ['written sectors', ['vmstat.disks.written_bytes', SECTORS, 512]],
  ['milli writing', ['vmstat.disks.write_time', MILLIS, 0.001]],
  ['inprogress IO', ['vmstat.disks.in_progress', { kind: 'gauge', unit: 'count' }, 1]],
  // procps divides these two by 1000 before it prints them: they are seconds, whatever the words say
  ['milli spent IO', ['vmstat.disks.io_time', { kind: 'counter', unit: 'seconds' }, 1]],
  ['milli weighted IO', ['vmstat.disks.weighted_io_time', { kind: 'counter', unit: 'seconds' }, 1]],
]);
const SECONDS: SeriesHints = { kind: 'counter', unit: 'seconds', conversion: '÷ 100 (ticks → s)' };
/** Words in front of `cpu ticks` → mode of /proc/stat. */
const MODES: ReadonlyMap<string, string> = new Map([
  ['non-nice user', 'user'],
  ['nice user', 'nice'],
  ['system', 'system'],
  ['idle', 'idle'],
  ['IO-wait', 'iowait'],
  ['IRQ', 'irq'],
  ['softirq', 'softirq'],
  ['stolen', 'steal'],
  ['non-nice guest', 'guest'],
  ['nice guest', 'guest_nice'],
]);
const TICKS = / cpu ticks$/;
const LINE = /^\s{0,20}(\d{1,20}) (?:K )?([a-zA-Z][a-zA-Z -]{3,40})$/;

/**
 * `vmstat -s` and `vmstat -D`: totals since boot, one in a line; the second sums up all disks.
 *
 * ```
 *       8053804 K total memory
 *       2221880 non-nice user cpu ticks
 *      20860021 K paged in
 *    1795419788 boot time
 * ```
 */
export const vmstatTotals: Importer = {
  id: 'vmstat-totals',
  title: 'vmstat -s, vmstat -D',
  format: { reference: 'https://man7.org/linux/man-pages/man8/vmstat.8.html', versions: 'procps 3.2 to 4' },
  sniff({ lines }) {
    const names = lines.slice(0, 40).map((line) => LINE.exec(line.trimEnd())?.[2] ?? '');
    const known = names.filter(
      (name) => LINES.has(name) || DISKS.has(name) || MODES.has(name.replace(TICKS, '')),
    ).length;
    return known >= 8 ? 0.97 : known >= 3 ? 0.6 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    const seen = new Set<string>();
    let time: number | undefined;
    let number = 0;
    for await (const text of file.lines()) {
      number++;
      if (clock.stamp(text, number)) {
        time = undefined;
        continue;
      }
      const [, digits, name = ''] = LINE.exec(text.trimEnd()) ?? [];
      if (digits === undefined) continue;
      if (time === undefined || seen.has(name)) {
        seen.clear();
        time = clock.next(number);
      }
      seen.add(name);
      push(sink, name, Number(digits), { time, line: number });
    }
    if (number > 0 && seen.size === 0) sink.problem('NO_ROWS');
    sink.format(seen.has('inprogress IO') ? 'vmstat -D' : 'vmstat -s');
  },
};

function push(sink: Sink, name: string, value: number, { time, line }: { time: number; line: number }): void {
  const mode = TICKS.test(name) ? MODES.get(name.replace(TICKS, '')) : undefined;
  const known = LINES.get(name) ?? DISKS.get(name);
  if (name === 'disks' || name === 'partitions') sink.fact(`vmstat.${name}`, value, { labels: sink.context, line });
  else if (name === 'boot time') sink.fact('boot.time', value, { labels: sink.context, unit: 'seconds', line });
  else if (mode !== undefined)
    sink.series(`proc.stat.total.${mode}`, sink.context, SECONDS).push(time, value / 100, line);
  else if (known !== undefined) sink.series(known[0], sink.context, known[1]).push(time, exact(value * known[2]), line);
}
