import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { DayClock, leadingTime, parseDate, undatedClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { tables } from './tools/sar-sniff.js';
import { columnOf, type Header, headerOf, isAverage, pushCell, stateHeader } from './tools/sysstat.js';
import { isNumber, labelsOf, restFrom, words } from './tools/text.js';

const HEAD = /^#\s{1,10}Time\s.{0,400}\bCommand\s*$/;

/** Columns that describe the task instead of measuring it. */
const DESCRIBES = new Set(['UID', 'USER', 'PID', 'TGID', 'TID', 'Command', 'policy']);

/**
 * pidstat's text: per task CPU, faults, memory, I/O and switches.
 *
 * ```
 * Linux 5.10.134 (node1)  05/06/24  _x86_64_  (8 CPU)
 *
 * 10:00:01      UID      TGID       TID    %usr %system  %guest   %wait    %CPU   CPU  Command
 * 10:00:03     1000      7900         -  359.42   53.55    0.00    8.47  412.96     2  java
 * 10:00:03     1000         -     10334    0.00    0.00    0.00    0.00    0.00     5  |__GC Thread#0
 * ```
 * With `-h` one head `# Time …`, all columns in a row and times in epoch seconds. Percentages are of one CPU, so more than
 * 100 is possible. -1.00 for I/O means not readable. %wait: runnable but waiting for a CPU.
 */
export const pidstatText: Importer = {
  id: 'pidstat-text',
  title: 'pidstat text output',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/pidstat.c', versions: 'sysstat 8 to 12' },
  sniff(head) {
    if (head.lines.slice(0, 60).some((line) => HEAD.test(line) && /\s(?:PID|TGID|TID)\s/.test(line))) return 0.96;
    return tables(head) === 'pidstat' ? 0.95 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  #base: Labels = {};
  #clock: DayClock | undefined;
  #columns: readonly string[] | undefined;
  #time: number | undefined;
  #before: number | undefined;
  #process = '';
  #rows = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#base = sink.context;
  }

  line(text: string, number: number): void {
    const cells = words(text);
    if (cells.length === 0) return;
    if (isAverage(cells[0])) {
      this.#sink.passed(number);
      return;
    }
    const header = headerOf(text);
    if (header !== undefined) this.#header(header, number);
    else if (HEAD.test(text)) this.#columns = cells.slice(2);
    else this.#timed(cells, text, number);
  }

  #header(header: Header, number: number): void {
    this.#base = stateHeader(this.#sink, header, number);
    const date = parseDate(header.date);
    if (date === undefined) return;
    if (date.ambiguous) this.#sink.problem('AMBIGUOUS_DATE', { date: header.date }, number);
    this.#clock = new DayClock(date.day);
    this.#sink.clock({ kind: 'local' });
  }

  #timed(cells: readonly string[], text: string, number: number): void {
    const epoch = /^\d{9,11}$/.test(cells[0] ?? '') ? Number(cells[0]) * 1000 : undefined;
    const start = epoch === undefined ? leadingTime(cells) : { time: epoch, taken: 1 };
    if (start === undefined) return;
    const rest = cells.slice(start.taken);
    const at = epoch ?? this.#at(start.time, number);
    if (rest.at(-1) === 'Command' && !isNumber(rest[0])) {
      this.#columns = rest;
      this.#sink.passed(number);
      this.#before = this.#time = at;
      return;
    }
    if (epoch !== undefined) this.#sink.clock({ kind: 'utc' });
    if (at !== this.#time) [this.#before, this.#time] = [this.#time, at];
    this.#row(rest, text, start.taken, number);
  }

  #at(time: number, number: number): number {
    this.#clock ??= undatedClock(this.#sink, time, number);
    return this.#clock.at(time);
  }

  #row(cells: readonly string[], text: string, skipped: number, number: number): void {
    const columns = this.#columns;
    const time = this.#time;
    if (columns === undefined || time === undefined) {
      this.#sink.problem('ROW_UNDER_OTHER_HEAD', {}, number);
      return;
    }
    if (cells.length < columns.length) {
      this.#sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
      return;
    }
    this.#rows++;
    const command = restFrom(text, skipped + columns.length - 1).replace(/^\|__/, '');
    const of = (column: string): string | undefined => {
      const i = columns.indexOf(column);
      return i === -1 || cells[i] === '-' ? undefined : cells[i];
    };
    const group = of('PID') ?? of('TGID');
    if (group !== undefined) this.#process = group;
    const tid = of('TID');
    const labels = labelsOf([
      ...Object.entries(this.#base),
      ['pid', group ?? this.#process],
      ['tid', group === undefined ? tid : undefined],
      ['process', command],
      ['uid', of('UID')],
      ['user', of('USER')],
    ]);
    const window = this.#before === undefined ? undefined : time - this.#before;
    for (const [i, name] of columns.entries()) {
      if (DESCRIBES.has(name) || i >= columns.length - 1) continue;
      const cell = cells[i] ?? '';
      if (cell.startsWith('-')) continue;
      pushCell(
        this.#sink,
        columnOf(group === undefined ? 'thread' : 'task', name),
        labels,
        { time, window, line: number },
        cell,
      );
    }
  }

  finish(): void {
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('pidstat.rows', this.#rows);
    this.#sink.format(`pidstat text, ${this.#rows} rows`);
  }
}
