import type { Importer, Sink } from './importer.js';
import { ofHost, pushNote, sadfStamp } from './tools/sadf.js';
import { headTables, shares, type HeadTable } from './tools/sadf-tables.js';
import { pushRow } from './tools/sar-table.js';
import { ZonedClock } from './tools/clock.js';
import { numberOf } from './tools/text.js';

const HEAD = /^# hostname;interval;timestamp;/;

/**
 * `sadf -d`: sar's tables, `;` between cells, one head per table.
 *
 * ```
 * # hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle
 * node1;600;2024-05-06 10:10:01 UTC;-1;2.67;0.00;3.53;0.97;0.00;92.83
 * node1;-1;2024-05-06 11:00:00 UTC;LINUX-RESTART	(8 CPU)
 * ```
 * CPU -1 is all CPUs together. The interval is in seconds; -1 marks restarts and comments.
 */
export const sadfCsv: Importer = {
  id: 'sadf-csv',
  title: 'sadf -d (database format)',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/sadf.c', versions: 'sysstat 7 to 12' },
  sniff({ lines }) {
    return lines.slice(0, 50).some((line) => HEAD.test(line)) ? 0.98 : 0;
  },
  async read(file, sink) {
    const zoned = new ZonedClock(sink);
    let tables: HeadTable[] | undefined;
    let number = 0;
    let rows = 0;
    let restarts = 0;
    for await (const line of file.lines()) {
      number++;
      if (HEAD.test(line)) {
        tables = headTables(line.trimEnd().split(';').slice(3));
        continue;
      }
      const cells = line.split(';');
      if (cells.length < 4) {
        if (line.trim() !== '') sink.problem('SHORT_ROW', { expected: 4, found: cells.length }, number);
        continue;
      }
      const [host = '', interval, stamp = ''] = cells;
      const time = sadfStamp(zoned, stamp, number);
      if (time === undefined) {
        sink.problem('BAD_TIME', { found: stamp }, number);
        continue;
      }
      const labels = ofHost(sink, host);
      if (interval === '-1') {
        if (pushNote(sink, cells.slice(3).join(';'), { time, labels, line: number })) restarts++;
        continue;
      }
      if (tables === undefined) sink.problem('ROW_UNDER_OTHER_HEAD', {}, number);
      else if (pushTables(sink, tables, cells, { time, line: number })) rows++;
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('sysstat.rows', rows);
    sink.fact('sysstat.restarts', restarts);
    sink.format(`sadf -d, ${rows} rows`);
  },
};

/** Pushes a line of values; false when its cells do not fit the head. */
function pushTables(
  sink: Sink,
  tables: readonly HeadTable[],
  cells: readonly string[],
  { time, line }: { readonly time: number; readonly line: number },
): boolean {
  const dealt = shares(tables, cells.slice(3));
  if (dealt === null) {
    const expected = tables.reduce((sum, { columns }) => sum + columns.length, 3);
    sink.problem(cells.length < expected ? 'SHORT_ROW' : 'COLUMNS_DIFFER', { expected, found: cells.length }, line);
    return false;
  }
  const window = numberOf(cells[1]) * 1000;
  const at = { time, window: window > 0 ? window : undefined, line };
  for (const share of dealt) pushRow(sink, share.table, share.cells, ofHost(sink, cells[0]), at);
  return true;
}
