import type { DumpFile } from '../../types/dump.js';
import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import { DayClock, leadingTime, parseDate, undatedClock } from './clock.js';
import { columnOf, headerOf, isAverage, ITEMS, pushCell, stateHeader } from './sysstat.js';
import { isNumber, words } from './text.js';

/** Whether a word is a number as sar prints it, with `--human` also `1.3M` and `97.2%`; no column is called so. */
const isCell = (word: string): boolean => isNumber(word) || /^-?\d[\d.,]{0,40}[%A-Za-z]$/.test(word);

/** A table of sar: its columns, and which of them names the entity of a row. */
export interface Table {
  readonly columns: readonly string[];
  /** Index of the column that names the entity; -1 when the table speaks of the whole host. */
  readonly item: number;
  readonly group: string;
  readonly label: string;
}

/**
 * Reader of the tables of sar and mpstat: a time of day, then a head row or a row of values. Understands repeated heads,
 * averages (dropped: they are no samples), restarts, comments, midnight, 12-hour clocks, decimal commas, the entity in
 * the first or the last column, and Solaris's rows without a time.
 */
export class SarReader {
  readonly #sink: Sink;
  #labels: Labels = {};
  #clock: DayClock | undefined;
  #table: Table | undefined;
  /** Time of the previous interval's end, i.e. where the current one began. */
  #before: Milliseconds | undefined;
  #time: Milliseconds | undefined;
  #firstHead: Milliseconds | undefined;
  #averaged = false;
  rows = 0;
  averages = 0;
  restarts = 0;
  solaris = false;
  /** The last head has no rows (yet). */
  headOnly = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  line(text: string, number: number): void {
    const cells = words(text);
    if (cells.length === 0) return;
    if (this.#header(text, number)) return;
    if (isAverage(cells[0])) {
      this.#sink.passed(number);
      this.averages += cells.slice(1).some(isNumber) ? 1 : 0;
      this.#averaged = true;
      return;
    }
    const start = leadingTime(cells);
    if (start === undefined) {
      if (/^\s/.test(text) && this.#time !== undefined) this.#row(cells, number);
      return;
    }
    const rest = cells.slice(start.taken);
    if (rest.length === 0) return;
    if (this.#note(rest, text, start.time, number)) return;
    if (rest.some(isCell)) this.#values(rest, start.time, number);
    else this.#head(rest, start.time, number);
  }

  #header(text: string, number: number): boolean {
    const header = headerOf(text);
    if (header === undefined) return false;
    this.#labels = stateHeader(this.#sink, header, number);
    this.solaris = header.system !== 'Linux';
    const date = parseDate(header.date);
    if (date === undefined) return true;
    if (date.ambiguous) this.#sink.problem('AMBIGUOUS_DATE', { date: header.date }, number);
    this.#clock = new DayClock(date.day);
    this.#sink.clock({ kind: 'local' });
    this.#table = undefined;
    this.#firstHead = this.#before = this.#time = undefined;
    return true;
  }

  /** Restarts and comments stand between the samples. */
  #note(rest: readonly string[], text: string, time: Milliseconds, number: number): boolean {
    const restart =
      rest[0] === 'LINUX' || rest[0] === 'LINUX-RESTART' || (rest[0] === 'unix' && rest[1] === 'restarts');
    if (!restart && rest[0] !== 'COM') return false;
    const at = this.#at(time, number);
    if (restart) {
      this.restarts++;
      // counters began again: the interval before the next sample does not reach across
      this.#before = at;
      this.#time = at;
    }
    const message = text.trim().slice(0, 500);
    this.#sink.event({
      time: at,
      kind: restart ? 'host.restart' : 'sysstat.comment',
      labels: this.#labels,
      message,
      line: number,
    });
    return true;
  }

  #at(time: Milliseconds, number: number): Milliseconds {
    this.#clock ??= undatedClock(this.#sink, time, number);
    return this.#clock.at(time);
  }

  #head(columns: readonly string[], time: Milliseconds, number: number): void {
    const changed = this.#table?.columns.join(' ') !== columns.join(' ');
    if (this.#averaged || (changed && this.#firstHead === time)) this.#clock?.restart();
    this.#averaged = false;
    this.#firstHead ??= time;
    this.#sink.passed(number);
    this.#time = this.#at(time, number);
    this.#before = this.#time;
    this.#table = tableOf(columns);
    this.headOnly = true;
  }

  #values(cells: readonly string[], time: Milliseconds, number: number): void {
    const at = this.#at(time, number);
    if (this.#time !== at) {
      this.#before = this.#time;
      this.#time = at;
    }
    this.#row(cells, number);
  }

  #row(cells: readonly string[], number: number): void {
    const table = this.#table;
    if (table === undefined || this.#time === undefined) {
      this.#sink.problem('ROW_UNDER_OTHER_HEAD', {}, number);
      return;
    }
    if (cells.length < table.columns.length) {
      // names of devices on the bus may be missing
      if (table.group !== 'usb')
        this.#sink.problem('SHORT_ROW', { expected: table.columns.length, found: cells.length }, number);
      return;
    }
    if (cells.length > table.columns.length)
      this.#sink.problem('COLUMNS_DIFFER', { expected: table.columns.length, found: cells.length }, number);
    this.headOnly = false;
    this.rows++;
    const window = this.#before === undefined ? undefined : this.#time - this.#before;
    const at = { time: this.#time, window, line: number };
    pushRow(this.#sink, table, cells, this.#labels, at);
  }
}

/** The table a head row announces. */
export function tableOf(columns: readonly string[]): Table {
  const item = columns.findIndex((column) => ITEMS.has(column));
  const found = ITEMS.get(columns[item] ?? '');
  const group = found?.group ?? groupOf(columns);
  return { columns, item, group, label: found?.label ?? '' };
}

/** The group of a table without entities, where its columns alone would be mistaken. */
function groupOf(columns: readonly string[]): string {
  // Solaris's CPU table has no entity column
  if (columns[0] === '%usr' || columns[0] === '%user') return 'cpu';
  // TCP's table has a column `retrans/s` too
  return columns[0] === 'call/s' ? 'nfs' : '';
}

/** Pushes the cells of a row; rows of all CPUs and of one CPU go to different names, since one must not be averaged with the other. */
export function pushRow(
  sink: Sink,
  table: Table,
  cells: readonly string[],
  base: Labels,
  at: Parameters<typeof pushCell>[3],
): void {
  // vendors and products of devices are no measurements
  if (table.group === 'usb') return;
  const entity = table.item === -1 ? undefined : cells[table.item];
  const all = table.group === 'cpu' && (entity === undefined || entity === 'all' || entity === '-1');
  const labels = entity === undefined || all ? base : { ...base, [table.label]: entity };
  const group = table.group === 'cpu' && !all ? 'percpu' : table.group;
  const seen = new Set<string>();
  for (const [i, column] of table.columns.entries()) {
    if (i === table.item || seen.has(column)) continue;
    seen.add(column);
    const cell = cells[i] ?? '';
    const special = interrupt(table.group, column);
    if (special === undefined) pushCell(sink, columnOf(group, column), labels, at, cell);
    else pushCell(sink, special.column, { ...labels, ...special.labels }, at, cell);
  }
}

const SOFTIRQ = /^(?:HI|TIMER|NET_TX|NET_RX|BLOCK|BLOCK_IOPOLL|IRQ_POLL|TASKLET|SCHED|HRTIMER|RCU)\/s$/;

/**
 * Columns that are interrupts: `sar -I` has one per CPU, `mpstat -I` one per interrupt.
 * @param of CPU that the row names itself, as sadf's XML does
 */
export function interrupt(
  group: string,
  column: string,
  of?: string,
): { column: ReturnType<typeof columnOf>; labels: Labels } | undefined {
  if (group === 'interrupts') {
    const cpu = /^CPU(\d{1,5})$/i.exec(column)?.[1] ?? of;
    return {
      column: columnOf(cpu === undefined ? '' : 'percpu', 'interrupts/s'),
      labels: cpu === undefined ? {} : { cpu },
    };
  }
  if (group !== 'cpu') return undefined;
  if (SOFTIRQ.test(column)) return { column: columnOf('softirqs', column), labels: {} };
  if (/^[A-Z0-9]{1,12}\/s$/.test(column))
    return { column: columnOf('percpu', 'interrupts/s'), labels: { intr: column.slice(0, -2) } };
  return undefined;
}

/** Reads a whole file of sar-like tables and states counts as facts under the importer's prefix. */
export async function readSar(file: DumpFile, sink: Sink, title: string): Promise<void> {
  const reader = new SarReader(sink);
  let number = 0;
  for await (const line of file.lines()) reader.line(line, ++number);
  if (reader.rows === 0) sink.problem('NO_ROWS', {});
  // a head without rows under it: the file was cut
  if (reader.headOnly) sink.problem('TRUNCATED', { kept: `${reader.rows} rows` });
  sink.format(`${title}${reader.solaris ? ', Solaris' : ''}, ${reader.rows} rows`);
  sink.fact('sysstat.rows', reader.rows);
  sink.fact('sysstat.average_rows', reader.averages);
  sink.fact('sysstat.restarts', reader.restarts);
}
