import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { DAY, leadingTime, parseDate, stampOf, ZonedClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { columnOf, factCell, headerOf, pushCell, stateHeader } from './tools/sysstat.js';
import { Spacing } from './tools/sysstat-document.js';
import { isNumber, words } from './tools/text.js';

const DEVICE = /(?:^|\s)(?:Device|Filesystem):?(?:\s|$)/;

/**
 * iostat's text: CPU and disks, one report after another.
 *
 * ```
 * Linux 5.10.134 (node1)  05/06/24  _x86_64_  (8 CPU)
 *
 * 05/06/24 10:00:01
 * avg-cpu:  %user   %nice %system %iowait  %steal   %idle
 *            3.30    0.09    0.94    0.53    0.00   95.14
 *
 * Device            r/s     rkB/s   rrqm/s  %rrqm r_await rareq-sz  …  aqu-sz  %util
 * vda              0.52      8.84     0.00   0.00    0.41    17.00        0.01   0.32
 * ```
 * The first report averages everything since boot (unless `-y` was given, which the output does not tell). Without `-t`
 * there are no times; the interval shows where amounts stand beside rates.
 */
export const iostatText: Importer = {
  id: 'iostat-text',
  title: 'iostat text output',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/iostat.c', versions: 'sysstat 5 to 12' },
  sniff({ lines }) {
    const cpu = lines.slice(0, 60).some((line) => /^avg-cpu:\s+%user/.test(line));
    const device = lines
      .slice(0, 200)
      .some((line) => DEVICE.test(line) && /\b(?:tps|r\/s|rrqm\/s|%util)\b|kB_read|Blk_read|MB_read/.test(line));
    return cpu && device ? 0.97 : device ? 0.9 : cpu ? 0.85 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

interface Row {
  readonly cells: readonly string[];
  readonly columns: readonly string[];
  /** Index of the device; -1 for the CPU row. */
  readonly item: number;
  readonly line: number;
}

class Reader {
  readonly #sink: Sink;
  readonly #zoned: ZonedClock;
  readonly #spacing: Spacing;
  #labels: Labels = {};
  #day: number | undefined;
  #last: number | undefined;
  #stamp: number | undefined;
  #rows: Row[] = [];
  #heads = new Set<string>();
  #columns: readonly string[] = [];
  #item = -1;
  #reports = 0;
  #count = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#zoned = new ZonedClock(sink);
    this.#spacing = new Spacing(sink);
  }

  line(text: string, number: number): void {
    const cells = words(text);
    if (cells.length === 0) {
      this.#columns = [];
      return;
    }
    const header = headerOf(text);
    if (header !== undefined) {
      this.#flush();
      this.#reports = 0;
      this.#labels = stateHeader(this.#sink, header, number);
      this.#day = this.#date(header.date, number);
      return;
    }
    if (this.#time(text, cells, number)) {
      this.#sink.passed(number);
      return;
    }
    if (cells[0] === 'avg-cpu:') this.#head('cpu', cells.slice(1), -1);
    else if (DEVICE.test(text) && cells.length > 2 && !cells.some(isNumber)) {
      const item = cells.findIndex((cell) => /^(?:Device|Filesystem):?$/.test(cell));
      this.#head('device', cells, item);
    } else if (this.#columns.length > 0) this.#row(cells, number);
  }

  #date(text: string, number: number): number | undefined {
    const date = parseDate(text);
    if (date?.ambiguous === true) this.#sink.problem('AMBIGUOUS_DATE', { date: text }, number);
    return date?.day;
  }

  /** A line with the time of the report: `Time: 03:49:57 PM`, `05/06/24 10:00:01`, ISO 8601. */
  #time(text: string, cells: readonly string[], number: number): boolean {
    const full = stampOf(text);
    if (full !== undefined) {
      this.#flush();
      this.#stamp = this.#zoned.at(full.wall, full.zone, number);
      return true;
    }
    const date = parseDate(cells[0]);
    if (date === undefined && cells[0] !== 'Time:') return false;
    const start = leadingTime(cells.slice(1));
    if (start === undefined || cells.length > start.taken + 2) return false;
    this.#flush();
    this.#last = date === undefined ? this.#undated(start.time) : date.day + start.time;
    this.#stamp = this.#zoned.at(this.#last, undefined, number);
    return true;
  }

  /** A time of day on the day of the head, or on a later one when midnight has passed. */
  #undated(time: number): number {
    const at = (this.#day ?? 0) + time;
    const last = this.#last ?? at;
    return at < last - DAY / 2 ? at + Math.ceil((last - at) / DAY) * DAY : at;
  }

  #head(kind: string, columns: readonly string[], item: number): void {
    // a report has each table once
    if (this.#heads.has(kind) && (kind === 'cpu' || !this.#heads.has('cpu') || this.#columns.length === 0)) {
      if (kind === 'cpu' || this.#heads.has(`device ${columns.join(' ')}`)) this.#flush();
    }
    this.#heads.add(kind);
    this.#heads.add(`${kind} ${columns.join(' ')}`);
    this.#columns = columns;
    this.#item = item;
  }

  #row(cells: readonly string[], line: number): void {
    if (cells.length < this.#columns.length) {
      this.#sink.problem('SHORT_ROW', { expected: this.#columns.length, found: cells.length }, line);
      return;
    }
    this.#rows.push({ cells, columns: this.#columns, item: this.#item, line });
  }

  #flush(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#heads = new Set();
    this.#columns = [];
    if (rows.length === 0) return;
    const boot = this.#reports++ === 0;
    if (boot) this.#sink.problem('SINCE_BOOT', {}, rows[0]?.line);
    const disk = rows
      .filter((row) => row.item !== -1)
      .map(({ columns, cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
    const at = this.#spacing.next(this.#stamp, Number.NaN, { disk });
    this.#stamp = undefined;
    for (const row of rows) this.#push(row, boot, at);
  }

  #push({ cells, columns, item, line }: Row, boot: boolean, at: { time: number; window: number | undefined }): void {
    this.#count++;
    const labels = item === -1 ? this.#labels : { ...this.#labels, device: cells[item] ?? '' };
    for (const [i, name] of columns.entries()) {
      if (i === item) continue;
      const column = columnOf(item === -1 ? 'cpu' : 'dev', name);
      const cell = cells[i] ?? '';
      if (boot) factCell(this.#sink, column, labels, { line }, cell);
      else pushCell(this.#sink, column, labels, { ...at, line }, cell);
    }
  }

  finish(): void {
    this.#flush();
    if (this.#count === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('iostat.rows', this.#count);
    this.#sink.format(`iostat text, ${this.#count} rows`);
  }
}
