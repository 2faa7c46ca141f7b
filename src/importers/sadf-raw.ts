import type { Importer, Sink } from './importer.js';
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
      clock ??= clockOf(sink, start.time, stamp.at(-1) ?? '', number);
      const time = clock.at(start.time);
      const table = cells[1] ?? '';
      const comment = /^COM(?: |$)/.test(table);
      if (comment || table.startsWith('LINUX-RESTART')) {
        const kind = comment ? 'sysstat.comment' : 'host.restart';
        sink.event({ time, kind, labels, message: cells.slice(1).join(' ').trim().slice(0, 500), line: number });
        continue;
      }
      rows++;
      push(sink, table, cells.slice(2), time, number);
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('sysstat.rows', rows);
    sink.format(`sadf -r, ${rows} rows`);
  },
};

/** Times of day carry their zone but no date. */
function clockOf(sink: Sink, first: number, zone: string, line: number): DayClock {
  const clock = undatedClock(sink, first, line);
  if (sink.taken !== undefined && offsetOf(zone) === 0) sink.clock({ kind: 'utc' });
  return clock;
}

function push(sink: Sink, table: string, cells: readonly string[], time: number, line: number): void {
  const group = ITEMS.get(table)?.group ?? table.toLowerCase();
  for (const { name, cell, counter, more } of valuesOf(table, cells, sink.context)) {
    const column = columnOf(group, name.replace(/\/s$/, ''));
    if (counter) sink.series(`${column.name}.total`, more, { kind: 'counter' }).push(time, Number(cell), line);
    else pushCell(sink, column, more, { time, window: undefined, line }, cell);
  }
}

/** Texts of a row that become labels. */
const MOST_LABELS = 8;

function* valuesOf(
  table: string,
  cells: readonly string[],
  base: Labels,
): Generator<{ name: string; cell: string; counter: boolean; more: Labels }> {
  const more: Record<string, string> = { ...base };
  const label = (name: string): string => ITEMS.get(name)?.label ?? name.toLowerCase();
  // an entity is a number, or a word that another word follows
  const entity = isNumber(cells[0]) || !(isNumber(cells[1]) || (cells[1] ?? '') === '');
  const queue = cells.filter((cell) => cell !== '');
  let at = 0;
  let labels = 0;
  if (entity) more[label(table)] = queue[at++] ?? '';
  while (at < queue.length) {
    const name = queue[at++]!;
    const first = at;
    while (isNumber(queue[at])) at++;
    const last = at > first ? queue[at - 1] : undefined;
    if (last !== undefined) yield { name, cell: last, counter: at - first > 1, more: { ...more } };
    // a row has few texts; more of them are no labels
    else if (at < queue.length && labels++ < MOST_LABELS) more[label(name)] = queue[at++] ?? '';
  }
}
