import type { Origin } from '../types/series.js';

const FIRST = 64;

/**
 * Growing columns of one series: time, value, file index and line of each sample. File and line stay single numbers
 * as long as they do not vary, so a series from one line of one file costs 16 bytes a sample.
 */
export class SeriesBuilder {
  #time = new Float64Array(FIRST);
  #value = new Float64Array(FIRST);
  #file: number | Uint32Array = -1;
  #line: number | Uint32Array = -1;
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
    if (i === this.#time.length) this.#grow();
    if (i > 0 && !(time > this.#time[i - 1]!)) this.#sorted = false;
    this.#time[i] = time;
    this.#value[i] = value;
    this.#file = put(this.#file, i, file, this.#time.length);
    this.#line = put(this.#line, i, line, this.#time.length);
    this.#length = i + 1;
  }

  #grow(): void {
    // 1.5× keeps the peak of a long import below twice its columns
    const size = Math.ceil(this.#time.length * 1.5);
    this.#time = grown(this.#time, new Float64Array(size));
    this.#value = grown(this.#value, new Float64Array(size));
    if (typeof this.#file !== 'number') this.#file = grown(this.#file, new Uint32Array(size));
    if (typeof this.#line !== 'number') this.#line = grown(this.#line, new Uint32Array(size));
  }

  /**
   * The finished columns, sorted by time. Of samples at one instant the last one wins.
   * @returns also how many samples were out of order and how many instants were given twice with different values
   */
  finish(files: readonly string[]): {
    time: Float64Array;
    value: Float64Array;
    origin: Origin;
    disorder: number;
    conflicts: number;
  } {
    const n = this.#length;
    let time = this.#time.slice(0, n);
    let value = this.#value.slice(0, n);
    let file: number | Uint32Array = typeof this.#file === 'number' ? this.#file : this.#file.slice(0, n);
    let line: number | Uint32Array = typeof this.#line === 'number' ? this.#line : this.#line.slice(0, n);
    let disorder = 0;
    let conflicts = 0;
    if (!this.#sorted) {
      const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => time[a]! - time[b]! || a - b);
      for (let i = 1; i < n; i++) if (time[i]! < time[i - 1]!) disorder++;
      const kept: number[] = [];
      for (const i of order) {
        const last = kept.at(-1);
        if (last !== undefined && time[last] === time[i]) {
          if (!Object.is(value[last], value[i])) conflicts++;
          kept[kept.length - 1] = i;
        } else kept.push(i);
      }
      time = Float64Array.from(kept, (i) => time[i]!);
      value = Float64Array.from(kept, (i) => value[i]!);
      file = pick(file, kept);
      line = pick(line, kept);
    }
    return { time, value, origin: { files, file, line }, disorder, conflicts };
  }
}

function pick(column: number | Uint32Array, rows: readonly number[]): number | Uint32Array {
  return typeof column === 'number' ? column : Uint32Array.from(rows, (i) => column[i]!);
}

function put(column: number | Uint32Array, index: number, entry: number, capacity: number): number | Uint32Array {
  if (typeof column === 'number') {
    if (index === 0 || column === entry) return entry;
    const wide = new Uint32Array(capacity).fill(column, 0, index);
    wide[index] = entry;
    return wide;
  }
  column[index] = entry;
  return column;
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
