import type { Sink } from '../importers/importer.js';
import type { Milliseconds } from '../types/units.js';

/** Width of a bucket at first, and how many buckets there may be before they are made twice as wide. */
const FIRST_WIDTH = 1000;
const MAX_BUCKETS = 40_000;

/** Lines per level and time, pushed as counters; input in any order, bounded memory. */
export class LevelCounts {
  #width = FIRST_WIDTH;
  readonly #levels = new Map<string, Map<number, number>>();
  #buckets = 0;

  add(time: Milliseconds, level: string, count: number): void {
    let buckets = this.#levels.get(level);
    if (!buckets) {
      buckets = new Map<number, number>();
      this.#levels.set(level, buckets);
    }
    const bucket = Math.floor(time / this.#width);
    const before = buckets.get(bucket);
    buckets.set(bucket, (before ?? 0) + count);
    if (before === undefined && ++this.#buckets > MAX_BUCKETS) this.#widen();
  }

  #widen(): void {
    this.#width *= 2;
    this.#buckets = 0;
    for (const buckets of this.#levels.values()) {
      const old = [...buckets];
      buckets.clear();
      for (const [bucket, count] of old) {
        const wider = Math.floor(bucket / 2);
        buckets.set(wider, (buckets.get(wider) ?? 0) + count);
      }
      this.#buckets += buckets.size;
    }
  }

  /**
   * Pushes `log.lines{level}`: cumulative, a sample at the end of each bucket that holds lines and one at its start,
   * so that a rate over the quiet time before is zero.
   */
  finish(sink: Sink): void {
    for (const [level, buckets] of this.#levels) {
      const series = sink.series('log.lines', { ...sink.context, level }, { kind: 'counter', unit: 'count' });
      let total = 0;
      let last = Number.NEGATIVE_INFINITY;
      for (const [bucket, count] of [...buckets].sort((a, b) => a[0] - b[0])) {
        if (bucket > last) series.push(bucket * this.#width, total);
        total += count;
        series.push((bucket + 1) * this.#width, total);
        last = bucket + 1;
      }
    }
  }
}
