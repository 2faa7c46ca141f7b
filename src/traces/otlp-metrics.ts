import { get, list, num, str } from '../dump/json.js';
import type { SeriesHints, Sink } from '../importers/importer.js';
import { plausible } from '../logs/clock.js';
import { nanoseconds } from '../logs/time.js';
import type { Labels } from '../types/series.js';
import type { Unit } from '../types/units.js';
import { attributes } from './attributes.js';
import { digits } from './otlp-spans.js';
import { entityLabels } from './span.js';

/** Unit of the UCUM notation that OpenTelemetry uses → ours, with the factor to it. */
const UNITS = new Map<string, { unit: Unit; factor: number }>([
  ['s', { unit: 'seconds', factor: 1 }],
  ['ms', { unit: 'seconds', factor: 1e-3 }],
  ['us', { unit: 'seconds', factor: 1e-6 }],
  ['ns', { unit: 'seconds', factor: 1e-9 }],
  ['By', { unit: 'bytes', factor: 1 }],
  ['KiBy', { unit: 'bytes', factor: 1024 }],
  ['MiBy', { unit: 'bytes', factor: 1_048_576 }],
  ['%', { unit: 'ratio', factor: 0.01 }],
]);

interface Target {
  readonly name: string;
  readonly hints: SeriesHints;
  readonly factor: number;
  readonly delta: boolean;
}

/**
 * Reads the metrics of `resourceMetrics`. Deltas are summed to counters, in the order of their times; histograms give
 * `_count`, `_sum` and cumulative `_bucket{le}` as Prometheus has them; summaries `{quantile}`.
 */
export class MetricsReader {
  readonly #sink: Sink;
  readonly #deltas = new Map<
    string,
    { name: string; labels: Labels; hints: SeriesHints; points: [number, number, number][] }
  >();

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  read(resourceMetrics: unknown, line: number): void {
    const resource = attributes(get(resourceMetrics, 'resource', 'attributes'));
    const service = resource.get('service.name');
    const labels = { ...entityLabels((name) => resource.get(name)), ...(service === undefined ? {} : { service }) };
    const scopes = [
      ...list(get(resourceMetrics, 'scopeMetrics')),
      ...list(get(resourceMetrics, 'instrumentationLibraryMetrics')),
    ];
    for (const scope of scopes) for (const metric of list(get(scope, 'metrics'))) this.#metric(metric, labels, line);
  }

  #metric(metric: unknown, resource: Labels, line: number): void {
    const name = str(get(metric, 'name'));
    if (name === undefined || name === '') {
      this.#sink.problem('BAD_LINE', { expected: 'a metric with a name', found: '' }, line);
      return;
    }
    const { hints, factor } = unitOf(str(get(metric, 'unit')) ?? '');
    for (const shape of ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const) {
      const data = get(metric, shape);
      if (data === undefined) continue;
      const isLevel = shape === 'gauge' || (shape === 'sum' && get(data, 'isMonotonic') !== true);
      const delta = shape !== 'gauge' && isDelta(get(data, 'aggregationTemporality'));
      const target: Target = { name, factor, hints: { ...hints, kind: isLevel ? 'gauge' : 'counter' }, delta };
      for (const point of list(get(data, 'dataPoints'))) this.#point(shape, point, target, resource, line);
    }
  }

  #point(shape: string, point: unknown, target: Target, resource: Labels, line: number): void {
    const given = digits(get(point, 'timeUnixNano'));
    const time = given === undefined ? Number.NaN : nanoseconds(given);
    if (!plausible(time)) {
      this.#sink.problem('IMPOSSIBLE_TIME', {}, line);
      return;
    }
    const labels: Labels = { ...resource, ...labelsOf(attributes(get(point, 'attributes'))) };
    if (shape === 'gauge' || shape === 'sum') {
      const value = this.#number(point, line);
      this.#push(target, target.name, labels, time, value * target.factor, line);
      return;
    }
    const plain = { ...target, hints: { kind: 'counter' as const, unit: 'count' as const } };
    this.#push(plain, `${target.name}_count`, labels, time, num(get(point, 'count')), line);
    const sum = get(point, 'sum');
    if (sum !== undefined && sum !== null) {
      const kind = { ...target, hints: { ...target.hints, kind: 'counter' as const } };
      this.#push(kind, `${target.name}_sum`, labels, time, num(sum) * target.factor, line);
    }
    if (shape === 'histogram') this.#buckets(point, plain, target, labels, time, line);
    for (const quantile of list(get(point, 'quantileValues'))) {
      const q = str(get(quantile, 'quantile')) ?? '0';
      const gauge = { ...target, delta: false, hints: { ...target.hints, kind: 'gauge' as const } };
      this.#push(
        gauge,
        target.name,
        { ...labels, quantile: q },
        time,
        num(get(quantile, 'value')) * target.factor,
        line,
      );
    }
  }

  /** Value of a number data point; `NaN` may be measured, and a flag says that nothing was. */
  #number(point: unknown, line: number): number {
    const given = get(point, 'asInt') ?? get(point, 'asDouble') ?? get(point, 'as_int') ?? get(point, 'as_double');
    const value = num(given);
    if (Number.isNaN(value) && given !== 'NaN' && num(get(point, 'flags')) !== 1)
      this.#sink.problem('BAD_NUMBER', { found: str(given) ?? 'nothing' }, line);
    return value;
  }

  #buckets(point: unknown, plain: Target, target: Target, labels: Labels, time: number, line: number): void {
    const bounds = list(get(point, 'explicitBounds'));
    let below = 0;
    for (const [i, count] of list(get(point, 'bucketCounts')).entries()) {
      below += num(count);
      const le = i < bounds.length ? String(num(bounds[i]) * target.factor) : '+Inf';
      this.#push(plain, `${target.name}_bucket`, { ...labels, le }, time, below, line);
    }
  }

  #push(target: Target, name: string, labels: Labels, time: number, value: number, line: number): void {
    if (!target.delta) {
      this.#sink.series(name, labels, target.hints).push(time, value, line);
      return;
    }
    const key = `${name} ${JSON.stringify(labels)}`;
    const found = this.#deltas.get(key) ?? { name, labels, hints: target.hints, points: [] };
    found.points.push([time, value, line]);
    this.#deltas.set(key, found);
  }

  finish(): void {
    for (const { name, labels, hints, points } of this.#deltas.values()) {
      const series = this.#sink.series(name, labels, { ...hints, kind: 'counter', conversion: 'deltas summed' });
      let total = 0;
      for (const [time, value, line] of points.sort((a, b) => a[0] - b[0])) {
        if (!Number.isNaN(value)) total += value;
        series.push(time, total, line);
      }
    }
  }
}

function unitOf(written: string): { hints: SeriesHints; factor: number } {
  const unit = UNITS.get(written);
  if (!unit) return { hints: {}, factor: 1 };
  if (unit.factor === 1) return { hints: { unit: unit.unit }, factor: 1 };
  return {
    hints: { unit: unit.unit, conversion: `× ${unit.factor} (${written} → ${unit.unit})` },
    factor: unit.factor,
  };
}

function labelsOf(found: ReadonlyMap<string, string>): Labels {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of found) labels[name] = value;
  return labels;
}

function isDelta(value: unknown): boolean {
  return value === 1 || value === '1' || value === 'AGGREGATION_TEMPORALITY_DELTA';
}
