import { labelled } from '../proc/labels.js';
import type { Importer, SeriesHints, Sink } from './importer.js';
import { BlockClock, ZonedClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { numberOf, words } from './tools/text.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'operations' };
const SECTORS: SeriesHints = { kind: 'counter', unit: 'bytes', conversion: '× 512 (sectors → bytes)' };
const BUSY: SeriesHints = { kind: 'counter', unit: 'operations', rounding: 500, conversion: '× 1000 (s → ms)' };
/** Columns → the same numbers of /proc/diskstats. */
const COLUMNS: readonly (readonly [name: string, hints: SeriesHints, factor: number])[] = [
  ['reads', COUNTER, 1],
  ['reads_merged', COUNTER, 1],
  ['read_bytes', SECTORS, 512],
  ['read_time_ms', COUNTER, 1],
  ['writes', COUNTER, 1],
  ['writes_merged', COUNTER, 1],
  ['written_bytes', SECTORS, 512],
  ['write_time_ms', COUNTER, 1],
  ['in_flight', { kind: 'gauge', unit: 'operations' }, 1],
  ['io_time_ms', BUSY, 1000],
];
const TITLE = /^disk-\s+-{2,40}reads-{2,40}\s+-{2,40}writes-{2,40}\s+-{2,20}IO-{2,20}/;
const HEAD = /^\s{2,30}total\s+merged\s+sectors\s+ms\s+total\s+merged\s+sectors\s+ms\s+cur\s+sec(?:\s+(\S{1,10}))?\s*$/;

/**
 * `vmstat -d [-t] [-w] [DELAY]`: counters of the disks since boot.
 *
 * ```
 * disk- ------------reads------------ ------------writes----------- -----IO------
 *        total merged sectors      ms  total merged sectors      ms    cur    sec
 * vda    17539     18  218421    8124   4211    920  731104    2210      0      7
 * ```
 * `sec` is the time the disk was busy, in whole seconds.
 */
export const vmstatDisks: Importer = {
  id: 'vmstat-disks',
  title: 'vmstat -d',
  format: { reference: 'https://man7.org/linux/man-pages/man8/vmstat.8.html', versions: 'procps 3.2 to 4' },
  sniff: ({ lines }) => (lines.slice(0, 40).some((line) => TITLE.test(line) || HEAD.test(line)) ? 0.97 : 0),
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  readonly #blocks: BlockClock;
  readonly #zoned: ZonedClock;
  #zone: string | undefined;
  #time: number | undefined;
  #seen = new Set<string>();
  #headed = false;
  #rows = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#blocks = new BlockClock(sink);
    this.#zoned = new ZonedClock(sink);
  }

  line(text: string, number: number): void {
    const head = HEAD.exec(text);
    if (head !== null) {
      this.#zone = head[1];
      this.#headed = true;
      return;
    }
    if (text.trim() === '' || TITLE.test(text)) return;
    if (this.#blocks.stamp(text, number)) this.#time = undefined;
    else if (this.#headed) this.#row(words(text), text, number);
  }

  #row(cells: readonly string[], text: string, number: number): void {
    const [device = '', ...rest] = cells;
    const values = rest.slice(0, COLUMNS.length).map(numberOf);
    if (values.length < COLUMNS.length || values.some(Number.isNaN)) {
      this.#sink.problem('BAD_LINE', { expected: 'a disk and its numbers', found: text }, number);
      return;
    }
    this.#rows++;
    const time = this.#timeOf(device, rest.slice(COLUMNS.length), number);
    const labels = labelled.with(this.#sink.context, 'device', device);
    for (const [i, [name, hints, factor]] of COLUMNS.entries())
      this.#sink.series(`proc.diskstats.${name}`, labels, hints).push(time, values[i]! * factor, number);
  }

  /** The row's own time with `-t`; else that of the report, which lists each disk once. */
  #timeOf(device: string, rest: readonly string[], number: number): number {
    const stated = this.#zoned.stated(rest[0], rest[1], this.#zone, number);
    if (stated !== undefined) return stated;
    if (this.#time === undefined || this.#seen.has(device)) {
      this.#seen.clear();
      this.#time = this.#blocks.next(number);
    }
    this.#seen.add(device);
    return this.#time;
  }

  finish(): void {
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.format(`vmstat -d, ${this.#rows} rows`);
  }
}
