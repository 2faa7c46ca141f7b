import { asObject, get, jsonDocuments, list, num, str } from '../dump/json.js';
import type { Span } from '../traces/span.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer } from './importer.js';

const KINDS = ['server', 'client', 'producer', 'consumer'] as const;

/**
 * Zipkin spans, version 2 and 1: an array of spans, or of arrays (one per trace).
 *
 *     [{"traceId":"…","id":"…","parentId":"…","kind":"SERVER","name":"get /","timestamp":1570523661059232,"duration":127115,
 *       "localEndpoint":{"serviceName":"web"},"shared":true}]
 *     version 1: "annotations":[{"value":"sr","timestamp":…,"endpoint":{"serviceName":"web"}}, {"value":"ss",…}]
 *
 * Microseconds. Client and server half of one call may share an id; spans that are still open have no duration.
 */
export const zipkinJson: Importer = {
  id: 'zipkin-json',
  title: 'Zipkin traces',
  format: { reference: 'https://zipkin.io/zipkin-api/', versions: 'API v1 and v2' },
  sniff(head) {
    if (!/^\s{0,20}[[{]/.test(head.text)) return 0;
    const start = head.text.slice(0, 30_000);
    if (!/"traceId"\s{0,5}:/.test(start) || !/"id"\s{0,5}:/.test(start) || /"resourceSpans"|"scopeSpans"/.test(start))
      return 0;
    return /"(?:localEndpoint|remoteEndpoint|binaryAnnotations|annotations|parentId|timestamp)"\s{0,5}:/.test(start)
      ? 0.93
      : 0;
  },
  async read(file, sink) {
    const writer = new TraceWriter(sink);
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const roots = Array.isArray(value) ? list(value) : [value];
      for (const root of roots) {
        for (const span of Array.isArray(root) ? list(root) : [root])
          if (asObject(span)) writer.add(spanOf(span, line));
          else writer.odd('span that is no object', line);
      }
    }
    writer.finish();
    sink.format('Zipkin');
  },
};

function spanOf(span: unknown, line: number): Span {
  const v1 = byAnnotations(span);
  const start = firstNumber(num(get(span, 'timestamp')), v1.begin, v1.first);
  const duration = firstNumber(num(get(span, 'duration')), v1.end - v1.begin);
  const named = (str(get(span, 'kind')) ?? '').toLowerCase();
  return {
    trace: str(get(span, 'traceId')) ?? '',
    id: str(get(span, 'id')) ?? '',
    parent: str(get(span, 'parentId')) || undefined,
    service: str(get(span, 'localEndpoint', 'serviceName')) ?? v1.service,
    operation: str(get(span, 'name')) ?? '',
    kind: KINDS.find((one) => one === named) ?? v1.kind,
    start: start / 1000,
    duration: Number.isNaN(duration) ? undefined : duration / 1000,
    error: failed(span),
    labels: {},
    line,
  };
}

/** What version 1 says by annotations: cs and cr (client sent, received), sr and ss (server received, sent). */
function byAnnotations(span: unknown): {
  begin: number;
  end: number;
  first: number;
  kind: Span['kind'];
  service: string;
} {
  const annotations = list(get(span, 'annotations'));
  const find = (value: string): unknown => annotations.find((one) => get(one, 'value') === value);
  const at = (value: string): number => num(get(find(value), 'timestamp'));
  const isServer = !Number.isNaN(at('sr'));
  const [begin, end] = isServer ? [at('sr'), at('ss')] : [at('cs'), at('cr')];
  const owner = find(isServer ? 'sr' : 'cs') ?? list(get(span, 'binaryAnnotations'))[0];
  const kind = isServer ? 'server' : Number.isNaN(begin) ? undefined : 'client';
  const service = str(get(owner, 'endpoint', 'serviceName')) ?? '';
  return { begin, end, first: num(get(annotations[0], 'timestamp')), kind, service };
}

function failed(span: unknown): boolean {
  const said =
    get(span, 'tags', 'error') ?? list(get(span, 'binaryAnnotations')).find((one) => get(one, 'key') === 'error');
  return said !== undefined && said !== 'false';
}

function firstNumber(...numbers: readonly number[]): number {
  return numbers.find((number) => Number.isFinite(number) && number !== 0) ?? Number.NaN;
}
