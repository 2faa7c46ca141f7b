import type { Importer } from './importer.js';
import type { Labels } from '../types/series.js';
import { leadingTime, offsetOf, undatedClock, type DayClock } from './tools/clock.js';
import { columnOf, ITEMS, pushCell } from './tools/sysstat.js';
import { isNumber } from './tools/text.js';

/**
 * `sadf -r`: the raw contents of sar's file as text.
 *
 * ```
 * 09:33:38 UTC; LINUX-RESTART (8 CPU)
 * 09:34:34 UTC; TEMP; 1; DEVICE; coretemp-isa-0000; degC; 34.000000; temp_min; 0.000000; temp_max; 80.000000;
 * ```
 * Cells: time, table, entity where the table has one, then names with one value (levels) or two (a counter before and
 * now; the later one is taken). Times of day only: no date.
 */
export const sadfRaw: Importer = {
  id: 'sadf-raw',
  title: 'sadf -r (raw contents)',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/raw_stats.c', versions: 'sysstat 11 to 12' },
  sniff({ lines }) {
    const rows = lines.slice(0, 40).filter((line) => line.trim() !== '');
    const good = rows.filter((line) => /^\d{2}:\d{2}:\d{2}(?: \S{1,6})?; [A-Z][\w-]{1,30}(?:;| \()/.test(line)).length;
    return good > 0 && good * 2 > rows.length ? 0.95 : 0;
  },
  async read(file, sink) {
    const labels = sink.context;
    let clock: DayClock | undefined;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      const cells = line.split(';').map((cell) => cell.trim());
      const stamp = (cells[0] ?? '').split(' ');
      const start = leadingTime(stamp);
      if (start === undefined || cells.length < 2) {
        if (line.trim() !== '') sink.problem('BAD_LINE', { expected: 'time; table; …', found: line }, number);
        continue;
      }
      if (clock === undefined) {
        clock = undatedClock(sink, start.time, number);
        const zone = stamp.at(-1) ?? '';
        if (sink.taken !== undefined && offsetOf(zone) === 0) sink.clock({ kind: 'utc' });
      }
      const time = clock.at(start.time);
      const table = cells[1] ?? '';
      if (table.startsWith('LINUX-RESTART') || table === 'COM') {
        const kind = table === 'COM' ? 'sysstat.comment' : 'host.restart';
        sink.event({ time, kind, labels, message: cells.slice(1).join(' ').trim().slice(0, 500), line: number });
        continue;
      }
      rows++;
      for (const { name, cell, counter, more } of valuesOf(table, cells.slice(2), labels)) {
        const column = columnOf(groupOf(table), name.replace(/\/s$/, ''));
        if (counter) sink.series(`${column.name}.total`, more, { kind: 'counter' }).push(time, Number(cell), number);
        else pushCell(sink, column, more, { time, window: undefined, line: number }, cell);
      }
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('sysstat.rows', rows);
    sink.format(`sadf -r, ${rows} rows`);
  },
};

function groupOf(table: string): string {
  return ITEMS.get(table)?.group ?? table.toLowerCase();
}

function* valuesOf(
  table: string,
  cells: readonly string[],
  base: Labels,
): Generator<{ name: string; cell: string; counter: boolean; more: Labels }> {
  const more: Record<string, string> = { ...base };
  let i = 0;
  // an entity is a number, or a word that another word follows
  if (isNumber(cells[0]) || (cells.length > 1 && !isNumber(cells[1]) && cells[1] !== ''))
    more[ITEMS.get(table)?.label ?? 'entity'] = cells[i++] ?? '';
  while (i < cells.length) {
    const name = cells[i++] ?? '';
    if (name === '' || isNumber(name)) continue;
    const values: string[] = [];
    while (i < cells.length && isNumber(cells[i])) values.push(cells[i++] ?? '');
    const last = values.at(-1);
    if (last !== undefined) yield { name, cell: last, counter: values.length > 1, more: { ...more } };
    else more[ITEMS.get(name)?.label ?? name.toLowerCase()] = cells[i++] ?? '';
  }
}
