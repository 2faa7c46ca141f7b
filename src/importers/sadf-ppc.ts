import type { Importer, Sink } from './importer.js';
import { ZonedClock } from './tools/clock.js';
import { interrupt } from './tools/sar-table.js';
import { entityOf, ofHost, pushNote, sadfStamp } from './tools/sadf.js';
import { columnOf, pushCell } from './tools/sysstat.js';
import { numberOf } from './tools/text.js';

/**
 * `sadf -p`: one number per line for pattern-processing commands, tabs between host, interval, time, entity, metric and
 * value.
 *
 * ```
 * node1	600	2024-05-06 10:10:01 UTC	all	%user	2.67
 * node1	600	2024-05-06 10:10:01 UTC	cpu0	%user	3.10
 * node1	600	2024-05-06 10:10:01 UTC	-	proc/s	0.06
 * ```
 */
export const sadfPpc: Importer = {
  id: 'sadf-ppc',
  title: 'sadf -p (one value per line)',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/sadf.c', versions: 'sysstat 7 to 12' },
  sniff({ lines }) {
    const rows = lines.slice(0, 40).filter((line) => line.trim() !== '');
    const good = rows.filter((line) => partsOf(line) !== undefined).length;
    return good > 0 && good * 2 > rows.length ? 0.95 : 0;
  },
  async read(file, sink) {
    const zoned = new ZonedClock(sink);
    let number = 0;
    let rows = 0;
    let before = '';
    for await (const line of file.lines()) {
      number++;
      if (line.trim() === '') continue;
      const cells = line.split('\t');
      const time = sadfStamp(zoned, cells[2] ?? '', number);
      if (time !== undefined && cells[3]?.startsWith('LINUX-RESTART') === true) {
        pushNote(sink, cells.slice(3).join(' '), { time, labels: ofHost(sink, cells[0]), line: number });
        continue;
      }
      const parts = partsOf(line);
      if (parts === undefined || time === undefined) {
        // `DEVICE`: which device a sensor belongs to
        if (cells[4] !== 'DEVICE')
          sink.problem('BAD_LINE', { expected: 'host, interval, time, entity, metric and value', found: line }, number);
        continue;
      }
      rows++;
      push(sink, parts, nfs(parts.metric, before) ? 'nfs' : undefined, time, number);
      before = parts.metric;
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('sysstat.rows', rows);
    sink.format(`sadf -p, ${rows} values`);
  },
};

interface Parts {
  readonly host: string;
  readonly interval: number;
  readonly entity: string;
  readonly metric: string;
  readonly cell: string;
}

/** Whether a value is one of the NFS client's, whose second one is called like one of TCP's. */
function nfs(metric: string, before: string): boolean {
  return /^(?:call|getatt|access|read|write)\/s$/.test(metric) || (metric === 'retrans/s' && before === 'call/s');
}

function push(sink: Sink, parts: Parts, known: string | undefined, time: number, line: number): void {
  const { group: own, label, value } = entityOf(parts.entity, parts.metric);
  const group = own === '' ? (known ?? own) : own;
  const labels = label === '' ? ofHost(sink, parts.host) : { ...ofHost(sink, parts.host), [label]: value };
  const window = parts.interval > 0 ? parts.interval * 1000 : undefined;
  const special = group === 'interrupts' ? interrupt(group, parts.metric) : undefined;
  const column = special?.column ?? columnOf(group, parts.metric);
  pushCell(sink, column, { ...labels, ...special?.labels }, { time, window, line }, parts.cell);
}

function partsOf(line: string): Parts | undefined {
  const cells = line.split('\t');
  const [host = '', interval, stamp = '', entity = '', metric = '', cell = ''] = cells;
  if (cells.length !== 6 || Number.isNaN(numberOf(interval)) || Number.isNaN(numberOf(cell))) return undefined;
  if (!/^(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?: \S{1,8})?|\d{9,11})$/.test(stamp) || metric === '') return undefined;
  return { host, interval: numberOf(interval), entity, metric, cell };
}
