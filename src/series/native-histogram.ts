import type { Sink } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import { parseGoFloat } from './exposition.js';

interface Histogram {
  readonly time: number;
  readonly line: number;
  readonly count: number;
  readonly sum: number;
  readonly buckets: readonly { readonly le: string; readonly count: number }[];
}

/**
 * Native histograms written out like classic ones: `x_count`, `x_sum` and cumulative `x_bucket{le="…"}`, so that
 * whatever reads the latter reads both. What comes before its labels is held until they are known.
 */
export class HistogramReader {
  readonly #sink: Sink;
  #time = NaN;
  #count = NaN;
  #sum = NaN;
  #upper = '';
  #buckets: { readonly le: string; readonly count: number }[] = [];
  #held: Histogram[] = [];

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Whether histograms wait for their labels. */
  get waiting(): boolean {
    return this.#held.length > 0;
  }

  begin(time: number): void {
    this.#time = time;
    this.#count = NaN;
    this.#sum = NaN;
    this.#buckets = [];
  }

  total(key: string, text: string, line: number): void {
    if (key === 'count') this.#count = this.#number(text, line);
    else if (key === 'sum') this.#sum = this.#number(text, line);
  }

  /** One item of `[rule, "lower", "upper", "count"]`. */
  bucket(item: number, text: string, line: number): void {
    if (item === 2) this.#upper = text;
    else if (item === 3) this.#buckets.push({ le: this.#upper, count: this.#number(text, line) });
  }

  #number(text: string, line: number): number {
    const value = parseGoFloat(text);
    if (value === null) this.#sink.problem('BAD_NUMBER', { found: text }, line);
    return value ?? NaN;
  }

  end(line: number): void {
    if (!Number.isFinite(this.#time)) {
      this.#sink.problem('BAD_TIME', { found: String(this.#time) }, line);
      return;
    }
    this.#held.push({ time: this.#time, line, count: this.#count, sum: this.#sum, buckets: this.#buckets });
  }

  /** Writes what was held. */
  write(name: string, labels: Labels): void {
    const base = name === '' ? 'histogram' : name;
    const scope = name === '' ? ({ kind: 'counter', scope: 'file' } as const) : ({ kind: 'counter' } as const);
    for (const { time, line, count, sum, buckets } of this.#held) {
      this.#sink.series(`${base}_count`, labels, scope).push(time, count, line);
      this.#sink.series(`${base}_sum`, labels, scope).push(time, sum, line);
      let below = 0;
      for (const bucket of buckets) {
        below += bucket.count;
        this.#sink.series(`${base}_bucket`, withBound(labels, bucket.le), scope).push(time, below, line);
      }
    }
    this.#held = [];
  }
}

function withBound(labels: Labels, le: string): Labels {
  const all = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(labels)) all[name] = labels[name]!;
  all['le'] = le;
  return all;
}
