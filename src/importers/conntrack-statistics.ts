import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { labelsOf, numberOf, words } from './tools/text.js';

const ROW = /^cpu=\d{1,5}\s/;

/**
 * `conntrack -S`: connection-tracking counters per CPU.
 *
 * ```
 * cpu=0   	found=0 invalid=6914 ignore=283790 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=9916
 * ```
 * insert_failed: the entry was there already (races of DNS clients). drop: table full or no memory.
 */
export const conntrackStatistics: Importer = {
  id: 'conntrack-statistics',
  title: 'conntrack -S',
  format: { reference: 'https://conntrack-tools.netfilter.org/manual.html', versions: 'conntrack-tools 1.0 to 1.4' },
  sniff({ lines }) {
    return lines.slice(0, 40).some((line) => ROW.test(line) && /\b(?:found|insert_failed|search_restart)=\d/.test(line))
      ? 0.97
      : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    let seen = new Set<string>();
    let time = 0;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) {
        seen = new Set();
        continue;
      }
      if (!ROW.test(line)) {
        if (line.trim() !== '') sink.problem('BAD_LINE', { expected: 'cpu=N found=…', found: line.trim() }, number);
        continue;
      }
      const pairs = words(line).map((word) => word.split('='));
      const cpu = pairs[0]?.[1] ?? '';
      if (seen.has(cpu)) seen = new Set();
      if (seen.size === 0) time = clock.next(number);
      seen.add(cpu);
      rows++;
      push(sink, pairs, cpu, time, number);
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('conntrack.rows', rows);
    sink.format(`conntrack -S, ${rows} rows`);
  },
};

function push(sink: Sink, pairs: readonly (readonly string[])[], cpu: string, time: number, line: number): void {
  const labels = labelsOf([...Object.entries(sink.context), ['cpu', cpu]]);
  for (const [key = '', cell] of pairs.slice(1)) {
    const value = numberOf(cell);
    const name = key === 'error' ? 'icmp_error' : key;
    if (Number.isNaN(value)) sink.problem('BAD_NUMBER', { found: cell ?? '' }, line);
    else if (/^[a-z_]{1,40}$/.test(key))
      sink.series(`proc.net.stat.nf_conntrack.${name}`, labels, { kind: 'counter' }).push(time, value, line);
  }
}
