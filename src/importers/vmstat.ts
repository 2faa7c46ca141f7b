import type { Labels } from '../types/series.js';
import type { Unit } from '../types/units.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock, ZonedClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { factCell, pushCell, type Column } from './tools/sysstat.js';
import { isNumber, words } from './tools/text.js';

const KIB = { factor: 1024, conversion: '× 1024 (KiB → bytes)' };
const PERCENT = { factor: 0.01, conversion: '× 0.01 (% → ratio)' };

function gauge(unit: Unit, more: { factor: number; conversion?: string } = { factor: 1 }): Omit<Column, 'name'> {
  return { kind: 'gauge', unit, ...more };
}

function rate(unit: Unit, more: { factor: number; conversion?: string } = { factor: 1 }): Omit<Column, 'name'> {
  return { kind: 'rate', unit, ...more };
}

/** Columns of procps' vmstat; memory is in KiB unless -S was given, which the output does not tell. */
const COLUMNS: ReadonlyMap<string, Omit<Column, 'name'>> = new Map([
  ['r', gauge('tasks')],
  ['b', gauge('tasks')],
  ['swpd', gauge('bytes', KIB)],
  ['free', gauge('bytes', KIB)],
  ['buff', gauge('bytes', KIB)],
  ['cache', gauge('bytes', KIB)],
  ['inact', gauge('bytes', KIB)],
  ['active', gauge('bytes', KIB)],
  ['si', rate('bytes/second', KIB)],
  ['so', rate('bytes/second', KIB)],
  ['bi', rate('bytes/second', { factor: 1024, conversion: '× 1024 (blocks → bytes)' })],
  ['bo', rate('bytes/second', { factor: 1024, conversion: '× 1024 (blocks → bytes)' })],
  ['in', rate('count/second')],
  ['cs', rate('count/second')],
  ['us', rate('ratio', PERCENT)],
  ['sy', rate('ratio', PERCENT)],
  ['id', rate('ratio', PERCENT)],
  ['wa', rate('ratio', PERCENT)],
  ['st', rate('ratio', PERCENT)],
  ['gu', rate('ratio', PERCENT)],
]);

const HEAD = /^\s{0,12}r\s{1,12}b\s{1,20}(?:swpd|交换)\s{1,20}(?:free|空闲)\s/;
/** Chinese head words. */
const HAN: ReadonlyMap<string, string> = new Map([
  ['交换', 'swpd'],
  ['空闲', 'free'],
  ['缓冲', 'buff'],
  ['缓存', 'cache'],
  ['不活动', 'inact'],
  ['活动', 'active'],
]);

/**
 * `vmstat [-a] [-w] [-t] DELAY`: memory, paging, interrupts and CPU.
 *
 * ```
 * procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu----- -----timestamp-----
 *  r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st                 CST
 *  2  0      0 279471  29596 312724    0    0     1     3   29   57  0  0 99  0  0 2024-05-06 10:00:01
 * ```
 * r: runnable, b: blocked. The first row's rates are averages since boot; its levels are of now. Head lines repeat.
 * Column gu (guest) since procps-ng 4.
 */
export const vmstat: Importer = {
  id: 'vmstat',
  title: 'vmstat',
  format: { reference: 'https://gitlab.com/procps-ng/procps/-/blob/master/src/vmstat.c', versions: 'procps 3.2 to 4' },
  sniff({ lines }) {
    return lines.slice(0, 40).some((line) => HEAD.test(line)) ? 0.97 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  readonly #blocks: BlockClock;
  readonly #zoned: ZonedClock;
  readonly #labels: Labels;
  #columns: readonly string[] | undefined;
  #zone: string | undefined;
  #boot = true;
  #last: number | undefined;
  #rows = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#blocks = new BlockClock(sink);
    this.#zoned = new ZonedClock(sink);
    this.#labels = sink.context;
  }

  line(text: string, number: number): void {
    const cells = words(text);
    if (cells.length === 0 || /^-*procs/.test(text.trim())) return;
    if (HEAD.test(text)) {
      const names = cells.map((cell) => HAN.get(cell) ?? cell);
      const known = names.findIndex((cell) => !COLUMNS.has(cell));
      this.#columns = known === -1 ? names : names.slice(0, known);
      this.#zone = known === -1 ? undefined : names[known];
      return;
    }
    if (this.#blocks.stamp(text, number) || this.#columns === undefined || !isNumber(cells[0])) {
      // another run of vmstat begins with averages since boot again
      this.#boot = true;
      return;
    }
    this.#row(cells, this.#columns, number);
  }

  #row(cells: readonly string[], columns: readonly string[], number: number): void {
    if (cells.length < columns.length) {
      this.#sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
      return;
    }
    const time = this.#time(cells.slice(columns.length), number);
    const window = this.#last === undefined || this.#boot ? undefined : time - this.#last;
    for (const [i, name] of columns.entries()) {
      const column: Column = { name: `vmstat.${name}`, ...COLUMNS.get(name)! };
      const cell = cells[i] ?? '';
      if (this.#boot && column.kind === 'rate') factCell(this.#sink, column, this.#labels, { line: number }, cell);
      else pushCell(this.#sink, column, this.#labels, { time, window, line: number }, cell);
    }
    if (this.#boot) this.#sink.problem('SINCE_BOOT', {}, number);
    this.#boot = false;
    this.#last = time;
    this.#rows++;
  }

  #time(rest: readonly string[], number: number): number {
    return this.#zoned.stated(rest[0], rest[1], this.#zone, number) ?? this.#blocks.next(number);
  }

  finish(): void {
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('vmstat.rows', this.#rows);
    this.#sink.format(`vmstat, ${this.#columns?.length ?? 0} columns, ${this.#rows} rows`);
  }
}
