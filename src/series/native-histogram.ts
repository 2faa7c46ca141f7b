import type { Sink } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import { parseGoFloat } from './exposition.js';

/**
 * Native histograms written out like classic ones: `x_count`, `x_sum` and cumulative `x_bucket{le="…"}`, so that
 * whatever reads the latter reads both.
 */
export class HistogramReader {
  readonly #sink: Sink;
  #time = NaN;
  #count = NaN;
  #sum = NaN;
  #upper = '';
  #buckets: { readonly le: string; readonly count: number }[] = [];

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  begin(time: number): void {
    this.#time = time;
    this.#count = NaN;
    this.#sum = NaN;
    this.#buckets = [];
  }

  total(key: string, text: string): void {
    const value = parseGoFloat(text) ?? NaN;
    if (key === 'count') this.#count = value;
    else if (key === 'sum') this.#sum = value;
  }

  /** One item of `[rule, "lower", "upper", "count"]`. */
  bucket(item: number, text: string): void {
    if (item === 2) this.#upper = text;
    else if (item === 3) this.#buckets.push({ le: this.#upper, count: parseGoFloat(text) ?? NaN });
  }

  end(name: string, labels: Labels, line: number): void {
    if (!Number.isFinite(this.#time)) return;
    const base = name === '' ? 'histogram' : name;
    const scope = name === '' ? ({ kind: 'counter', scope: 'file' } as const) : ({ kind: 'counter' } as const);
    this.#sink.series(`${base}_count`, labels, scope).push(this.#time, this.#count, line);
    this.#sink.series(`${base}_sum`, labels, scope).push(this.#time, this.#sum, line);
    let below = 0;
    for (const { le, count } of this.#buckets) {
      below += count;
      this.#sink.series(`${base}_bucket`, withBound(labels, le), scope).push(this.#time, below, line);
    }
  }
}

function withBound(labels: Labels, le: string): Labels {
  const all = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(labels)) all[name] = labels[name]!;
  all['le'] = le;
  return all;
}
