import { get, list, str } from '../dump/json.js';
import { nanoseconds } from '../logs/time.js';
import { attributes } from './attributes.js';
import { entityLabels, type Span } from './span.js';
import type { TraceWriter } from './writer.js';

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** Spans of one element of `resourceSpans` (or of Tempo's `batches`). */
export function readResourceSpans(resourceSpans: unknown, line: number, writer: TraceWriter): void {
  const resource = attributes(get(resourceSpans, 'resource', 'attributes'));
  const service = resource.get('service.name') ?? '';
  const labels = entityLabels((name) => resource.get(name));
  const scopes = [
    ...list(get(resourceSpans, 'scopeSpans')),
    ...list(get(resourceSpans, 'instrumentationLibrarySpans')),
    ...list(get(resourceSpans, 'ilSpans')),
  ];
  for (const scope of scopes) {
    for (const span of list(get(scope, 'spans'))) {
      const start = digits(get(span, 'startTimeUnixNano'));
      const end = digits(get(span, 'endTimeUnixNano'));
      writer.add({
        trace: str(get(span, 'traceId')) ?? '',
        id: str(get(span, 'spanId')) ?? '',
        parent: str(get(span, 'parentSpanId')) || undefined,
        service,
        operation: str(get(span, 'name')) ?? '',
        kind: kindOf(get(span, 'kind')),
        start: start === undefined ? Number.NaN : nanoseconds(start),
        duration: start === undefined || end === undefined ? undefined : Number(BigInt(end) - BigInt(start)) / 1e6,
        error: isError(get(span, 'status', 'code')),
        labels,
        line,
      });
    }
  }
}

/** Digits of an int64 that came as a string or a number; undefined for 0 (not set) and anything else. */
export function digits(value: unknown): string | undefined {
  const text = str(value);
  return text !== undefined && /^[1-9]\d{0,29}$/.test(text) ? text : undefined;
}

function kindOf(value: unknown): Span['kind'] {
  if (typeof value === 'number') return KINDS[value];
  const name = (str(value) ?? '').replace(/^SPAN_KIND_/, '').toLowerCase();
  return KINDS.find((kind) => kind === name);
}

function isError(code: unknown): boolean {
  return code === 2 || code === '2' || code === 'STATUS_CODE_ERROR' || code === 'ERROR';
}
