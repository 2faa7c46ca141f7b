import type { Sink } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';

const FIRST_WIDTH = 1000;
const MAX_BUCKETS = 20_000;
/** Operations told apart per file; a path with an id in it makes one of every request. */
const MAX_GROUPS = 200;
const OTHER = '(other)';

interface Group {
  readonly labels: Labels;
  readonly buckets: Map<number, number[]>;
  errors: Map<number, number>;
}

/**
 * Latency per group and second: the gauges `app.latency.mean|p50|p99|max` in seconds, and the counters
 * `‹prefix›.requests` and `‹prefix›.errors`. A request counts in the second in which it ended, as histograms count it.
 * Seconds without a request have no sample.
 */
export class LatencySummary {
  readonly #prefix: string;
  readonly #groups = new Map<string, Group>();
  #width = FIRST_WIDTH;
  #buckets = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** @param end epoch ms @param duration ms; NaN when only the count is known */
  add(group: Labels, end: Milliseconds, duration: Milliseconds, error: boolean): void {
    const key = JSON.stringify(group);
    let found = this.#groups.get(key);
    if (!found) {
      const labels = this.#groups.size < MAX_GROUPS ? group : folded(group);
      const folding = labels === group ? key : JSON.stringify(labels);
      found = this.#groups.get(folding) ?? {
        labels,
        buckets: new Map<number, number[]>(),
        errors: new Map<number, number>(),
      };
      this.#groups.set(folding, found);
    }
    const bucket = Math.floor(end / this.#width);
    const durations = found.buckets.get(bucket);
    if (durations) durations.push(duration);
    else {
      found.buckets.set(bucket, [duration]);
      if (++this.#buckets > MAX_BUCKETS) this.#widen();
    }
    if (error) found.errors.set(bucket, (found.errors.get(bucket) ?? 0) + 1);
  }

  #widen(): void {
    this.#width *= 2;
    this.#buckets = 0;
    for (const group of this.#groups.values()) {
      const old = [...group.buckets];
      group.buckets.clear();
      for (const [bucket, durations] of old) {
        const wider = Math.floor(bucket / 2);
        const there = group.buckets.get(wider);
        if (there) for (const duration of durations) there.push(duration);
        else group.buckets.set(wider, durations);
      }
      const errors = new Map<number, number>();
      for (const [bucket, count] of group.errors) {
        errors.set(Math.floor(bucket / 2), (errors.get(Math.floor(bucket / 2)) ?? 0) + count);
      }
      group.errors = errors;
      this.#buckets += group.buckets.size;
    }
  }

  finish(sink: Sink): void {
    for (const group of this.#groups.values()) this.#push(group, sink);
  }

  #push(group: Group, sink: Sink): void {
    const labels = { ...sink.context, ...group.labels };
    const gauge = (name: string, time: Milliseconds, ms: number): void => {
      sink.series(`app.latency.${name}`, labels, { kind: 'gauge', unit: 'seconds' }).push(time, ms / 1000);
    };
    const requests = sink.series(`${this.#prefix}.requests`, labels, { kind: 'counter', unit: 'requests' });
    const errors = sink.series(`${this.#prefix}.errors`, labels, { kind: 'counter', unit: 'requests' });
    const total = { requests: 0, errors: 0 };
    let last = Number.NEGATIVE_INFINITY;
    for (const [bucket, all] of [...group.buckets].sort((a, b) => a[0] - b[0])) {
      const begin = bucket * this.#width;
      const time = begin + this.#width;
      if (bucket > last) {
        requests.push(begin, total.requests);
        errors.push(begin, total.errors);
      }
      total.requests += all.length;
      total.errors += group.errors.get(bucket) ?? 0;
      requests.push(time, total.requests);
      errors.push(time, total.errors);
      last = bucket + 1;
      const durations = all.filter((duration) => !Number.isNaN(duration)).sort((a, b) => a - b);
      if (durations.length === 0) continue;
      gauge('mean', time, durations.reduce((sum, duration) => sum + duration, 0) / durations.length);
      gauge('p50', time, rank(durations, 0.5));
      gauge('p99', time, rank(durations, 0.99));
      gauge('max', time, durations.at(-1)!);
    }
  }
}

/** Nearest-rank quantile of sorted numbers. */
function rank(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
}

function folded(group: Labels): Labels {
  const { service } = group;
  return service === undefined ? { operation: OTHER } : { service, operation: OTHER };
}
