import { get, jsonDocuments, list, num, str } from '../dump/json.js';
import { entityLabels, type Span } from '../traces/span.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer, Sink } from './importer.js';

const KINDS = ['server', 'client', 'producer', 'consumer', 'internal'] as const;

/**
 * Jaeger traces as its query service and user interface give them: `{"data":[trace, …]}`, one trace, or an array.
 *
 *     {"traceID":"…","spans":[{"spanID":"…","operationName":"GET /","references":[{"refType":"CHILD_OF","spanID":"…"}],
 *       "startTime":1700000000000000,"duration":1200,"processID":"p1","warnings":["clock skew adjustment disabled; …"]}],
 *      "processes":{"p1":{"serviceName":"web","tags":[]}}}
 *
 * Microseconds. The query service may have shifted the clocks of children into their parents; `warnings` say so.
 */
export const jaegerJson: Importer = {
  id: 'jaeger-json',
  title: 'Jaeger traces',
  format: { reference: 'https://www.jaegertracing.io/docs/latest/architecture/apis/', versions: 'Jaeger 1.x and 2.x' },
  sniff(head) {
    if (!/^\s{0,20}[{[]/.test(head.text)) return 0;
    const start = head.text.slice(0, 30_000);
    // summaries that a search in Tempo finds hold no spans of Jaeger's form
    if (!/"traceID"\s{0,5}:/.test(start) || /"rootServiceName"\s{0,5}:/.test(start)) return 0;
    return /"operationName"\s{0,5}:/.test(start) || /"spanID"\s{0,5}:/.test(start) ? 0.95 : 0;
  },
  async read(file, sink) {
    const writer = new TraceWriter(sink);
    let traces = 0;
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const data = get(value, 'data');
      for (const trace of Array.isArray(data) ? list(data) : Array.isArray(value) ? list(value) : [value]) {
        traces++;
        readTrace(trace, line, writer, sink);
      }
    }
    writer.finish();
    if (traces === 0) sink.problem('NO_ITEMS');
    sink.format('Jaeger');
  },
};

function readTrace(trace: unknown, line: number, writer: TraceWriter, sink: Sink): void {
  const spans = get(trace, 'spans');
  // Elasticsearch exports hold single spans with their process inside
  for (const span of Array.isArray(spans) ? list(spans) : [trace]) {
    const processId = str(get(span, 'processID'));
    const process = get(span, 'process') ?? (processId === undefined ? undefined : get(trace, 'processes', processId));
    if (process === undefined) writer.odd('span without a known process', line);
    for (const warning of list(get(span, 'warnings'))) {
      if (/skew/i.test(str(warning) ?? '')) writer.odd('clock skew adjusted or suspected by Jaeger', line);
    }
    writer.add(spanOf(span, process, str(get(trace, 'traceID')) ?? '', line));
  }
  const count = list(spans).length;
  if (Array.isArray(spans) && count === 0) sink.problem('NO_ITEMS', {}, line);
}

function spanOf(span: unknown, process: unknown, trace: string, line: number): Span {
  const references = list(get(span, 'references'));
  const child = references.find((reference) => get(reference, 'refType') === 'CHILD_OF') ?? references[0];
  const tags = get(span, 'tags');
  const kind = tagOf(tags, 'span.kind');
  const duration = num(get(span, 'duration'));
  return {
    trace: str(get(span, 'traceID')) ?? trace,
    id: str(get(span, 'spanID')) ?? '',
    parent: str(get(child, 'spanID')) ?? (str(get(span, 'parentSpanID')) || undefined),
    service: str(get(process, 'serviceName')) ?? '',
    operation: str(get(span, 'operationName')) ?? '',
    kind: KINDS.find((one) => one === kind),
    start: num(get(span, 'startTime')) / 1000,
    duration: Number.isNaN(duration) ? undefined : duration / 1000,
    error: tagOf(tags, 'error') === 'true' || tagOf(tags, 'otel.status_code') === 'ERROR',
    labels: entityLabels((name) => tagOf(get(process, 'tags'), name)),
    line,
  };
}

function tagOf(tags: unknown, key: string): string | undefined {
  for (const tag of list(tags)) {
    if (get(tag, 'key') !== key) continue;
    const value = get(tag, 'value');
    return typeof value === 'boolean' ? String(value) : str(value);
  }
  return undefined;
}
