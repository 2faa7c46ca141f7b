import { get, list, str } from '../dump/json.js';
import type { Sink } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import { quantity } from './quantity.js';
import { apiTime } from './time.js';

/** CPU (cores) and memory (bytes) in use; a sample where the time is known, and the reading as a fact. */
export function usage(
  sink: Sink,
  name: 'pod' | 'container' | 'node',
  labels: Labels,
  cells: { readonly cpu: string | undefined; readonly memory: string | undefined },
  time: number | undefined,
  line: number,
): void {
  for (const [resource, text, unit] of [
    ['cpu', cells.cpu, 'count'],
    ['memory', cells.memory, 'bytes'],
  ] as const) {
    const value = quantity(text ?? '');
    if (!Number.isFinite(value)) continue;
    const metric = `kubernetes.${name}.${resource}_usage`;
    if (time !== undefined) sink.series(metric, labels, { kind: 'gauge', unit }).push(time, value, line);
    sink.fact(metric, value, { labels, unit, line, ...(time === undefined ? {} : { time }) });
  }
}

/** An object of metrics.k8s.io: usage averaged over `window` that ends at `timestamp`. */
export function readMetrics(object: unknown, line: number, sink: Sink): void {
  const name = str(get(object, 'metadata', 'name'));
  if (name === undefined) return;
  const time = apiTime(get(object, 'timestamp'));
  const own = get(object, 'usage');
  if (own !== undefined) usage(sink, 'node', { node: name }, cellsOf(own), time, line);
  const namespace = str(get(object, 'metadata', 'namespace'));
  for (const container of list(get(object, 'containers'))) {
    const labels = {
      ...(namespace === undefined ? {} : { namespace }),
      pod: name,
      container: str(get(container, 'name')) ?? '',
    };
    usage(sink, 'container', labels, cellsOf(get(container, 'usage')), time, line);
  }
}

function cellsOf(value: unknown): { cpu: string | undefined; memory: string | undefined } {
  return { cpu: str(get(value, 'cpu')), memory: str(get(value, 'memory')) };
}
