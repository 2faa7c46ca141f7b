import type { Origin } from '../types/series.js';

const FIRST = 8;
const LARGEST = 32_768;

const NONE = new Float64Array(0);

/**
 * A growing column in blocks. Growing copies nothing, and `take` gives the blocks up one by one, so that a column is
 * never held twice.
 */
class Blocks {
  #full: Float64Array[] = [];
  #block = NONE;
  #used = 0;
  #held = 0;
  #last = NaN;

  /** The number pushed last; NaN at the beginning. */
  get last(): number {
    return this.#last;
  }

  push(number: number): void {
    if (this.#used === this.#block.length) this.#grow(FIRST);
    this.#block[this.#used++] = number;
    this.#last = number;
  }

  pushAll(numbers: Float64Array, count: number): void {
    const fits = Math.min(count, this.#block.length - this.#used);
    this.#block.set(numbers.subarray(0, fits), this.#used);
    this.#used += fits;
    if (fits < count) {
      this.#grow(count - fits);
      this.#block.set(numbers.subarray(fits, count));
      this.#used = count - fits;
    }
    this.#last = numbers[count - 1]!;
  }

  #grow(least: number): void {
    if (this.#used > 0) this.#full.push(this.#block);
    this.#held += this.#used;
    // a quarter more each time: little of the last block stays empty
    this.#block = new Float64Array(Math.max(least, Math.min(LARGEST, this.#held >> 2)));
    this.#used = 0;
  }

  /** The column in one piece; the blocks are empty afterwards. */
  take(length: number): Float64Array {
    const whole = this.#full.length === 0 && this.#block.length === length;
    const all = whole ? this.#block : new Float64Array(length);
    if (whole) this.#used = 0;
    let at = 0;
    for (const [i, block] of this.#full.entries()) {
      all.set(block, at);
      at += block.length;
      this.#full[i] = NONE;
    }
    all.set(this.#block.subarray(0, this.#used), at);
    this.#full = [];
    this.#block = NONE;
    this.#used = 0;
    this.#held = 0;
    return all;
  }
}

/** An instant that was given twice with different values. */
export interface Conflict {
  readonly time: number;
  readonly values: readonly [number, number];
}

/**
 * Growing columns of one series: time, value, file index and line of each sample. File and line stay single numbers
 * as long as they do not vary, so a series from one line of one file costs 16 bytes a sample.
 */
export class SeriesBuilder {
  readonly #time = new Blocks();
  readonly #value = new Blocks();
  #file: number | Uint32Array = -1;
  /** The first line while lines are `#line + i · #stride`, as those of a table are; else all of them. */
  #line: number | Uint32Array = -1;
  #stride = 0;
  #length = 0;
  #sorted = true;

  get length(): number {
    return this.#length;
  }

  /** Whether times came strictly increasing. */
  get sorted(): boolean {
    return this.#sorted;
  }

  /** @param file index of the file in the importing session @param line 1-based, 0 unknown */
  push(time: number, value: number, file: number, line: number): void {
    const i = this.#length;
    if (i > 0 && !(time > this.#time.last)) this.#sorted = false;
    this.#time.push(time);
    this.#value.push(value);
    if (this.#file !== file) this.#file = put(this.#file, i, file);
    if (typeof this.#line !== 'number') this.#line = put(this.#line, i, line);
    else if (i === 0) this.#line = line;
    else if (i === 1) this.#stride = line - this.#line;
    else if (line !== this.#line + this.#stride * i) this.#line = put(arithmetic(this.#line, this.#stride, i), i, line);
    this.#length = i + 1;
  }

  /** @param times strictly increasing @param count of both columns, which are copied @param line of all of them */
  pushAll(times: Float64Array, values: Float64Array, count: number, file: number, line: number): void {
    const first = this.#length === 0;
    if (!first && (this.#file !== file || this.#line !== line || this.#stride !== 0)) {
      for (let i = 0; i < count; i++) this.push(times[i]!, values[i]!, file, line);
      return;
    }
    if (first) {
      this.#file = file;
      this.#line = line;
    } else if (!(times[0]! > this.#time.last)) this.#sorted = false;
    this.#time.pushAll(times, count);
    this.#value.pushAll(values, count);
    this.#length += count;
  }

  #lines(n: number, lines: LineColumn): number | Uint32Array {
    if (typeof this.#line !== 'number') return this.#line.slice(0, n);
    return this.#stride === 0 || n < 2 ? this.#line : lines(this.#line, this.#stride, n);
  }

  /**
   * The finished columns, sorted by time; the builder is empty afterwards. Of samples at one instant the last one wins.
   * @param lines gives lines in regular steps, so that columns of one table can share them
   * @returns also how many samples were out of order, how many instants were given with different values, and the first
   * of these
   */
  finish(
    files: readonly string[],
    lines: LineColumn = arithmetic,
  ): {
    time: Float64Array;
    value: Float64Array;
    origin: Origin;
    disorder: number;
    conflicts: number;
    conflict: Conflict | undefined;
  } {
    const n = this.#length;
    let time = this.#time.take(n);
    let value = this.#value.take(n);
    let file: number | Uint32Array = typeof this.#file === 'number' ? this.#file : this.#file.slice(0, n);
    let line = this.#lines(n, lines);
    this.#length = 0;
    this.#file = -1;
    this.#line = -1;
    this.#stride = 0;
    let disorder = 0;
    let conflicts = 0;
    let conflictAt = NaN;
    let conflict: Conflict | undefined;
    if (!this.#sorted) {
      const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
      // files may come in any order; only within one is disorder worth telling
      for (let i = 1; i < n; i++) if (time[i]! < time[i - 1]! && at(file, i) === at(file, i - 1)) disorder++;
      const kept: number[] = [];
      for (const i of order) {
        const last = kept.at(-1);
        if (last !== undefined && time[last] === time[i]) {
          if (!Object.is(value[last], value[i])) {
            // an instant counts once however often it is given
            if (conflictAt !== time[i]) conflicts++;
            conflictAt = time[i]!;
            conflict ??= { time: time[i]!, values: [value[last]!, value[i]!] };
          }
          kept[kept.length - 1] = i;
        } else kept.push(i);
      }
      time = Float64Array.from(kept, (i) => time[i]!);
      value = Float64Array.from(kept, (i) => value[i]!);
      file = pick(file, kept);
      line = pick(line, kept);
    }
    return { time, value, origin: { files, file, line }, disorder, conflicts, conflict };
  }
}

/** Whether the first `count` times, one at least, are finite and increase. */
export function inOrder(times: Float64Array, count: number): boolean {
  for (let i = 1; i < count; i++) if (!(times[i]! > times[i - 1]!)) return false;
  // where times increase, the ends tell of all
  return count > 0 && Number.isFinite(times[0]) && Number.isFinite(times[count - 1]);
}

/** Lines `first + i · stride` of `length` samples. */
export type LineColumn = (first: number, stride: number, length: number) => Uint32Array;

function arithmetic(first: number, stride: number, length: number): Uint32Array {
  const lines = new Uint32Array(length);
  for (let i = 0; i < length; i++) lines[i] = first + stride * i;
  return lines;
}

/** Line columns that are given once: the columns of a table all come from the same rows. */
export function sharedLines(): LineColumn {
  const known = new Map<string, Uint32Array>();
  return (first, stride, length) => {
    const key = `${first} ${stride}`;
    let lines = known.get(key);
    if (lines === undefined || lines.length < length) known.set(key, (lines = arithmetic(first, stride, length)));
    return lines.length === length ? lines : lines.subarray(0, length);
  };
}

function at(column: number | Uint32Array, index: number): number {
  return typeof column === 'number' ? column : column[index]!;
}

function pick(column: number | Uint32Array, rows: readonly number[]): number | Uint32Array {
  return typeof column === 'number' ? column : Uint32Array.from(rows, (i) => column[i]!);
}

/** Sets entry `index`; a constant column becomes an array with its first other entry. */
function put(column: number | Uint32Array, index: number, entry: number): number | Uint32Array {
  if (typeof column === 'number') {
    if (index === 0) return entry;
    const wide = new Uint32Array(Math.ceil((index + 1) * 1.5)).fill(column, 0, index);
    wide[index] = entry;
    return wide;
  }
  if (index < column.length) {
    column[index] = entry;
    return column;
  }
  const wider = new Uint32Array(Math.ceil((index + 1) * 1.5));
  wider.set(column);
  wider[index] = entry;
  return wider;
}
