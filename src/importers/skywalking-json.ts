import { get, jsonDocuments, list, num, str } from '../dump/json.js';
import type { Span } from '../traces/span.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer } from './importer.js';

/**
 * A trace as SkyWalking's GraphQL interface answers: `{"data":{"trace":{"spans":[{"traceId","segmentId","spanId":0,
 * "parentSpanId":-1,"serviceCode","endpointName","startTime":ms,"endTime":ms,"type":"Entry","isError":false}]}}}`.
 */
export const skywalkingJson: Importer = {
  id: 'skywalking-json',
  title: 'SkyWalking trace',
  format: {
    reference: 'https://skywalking.apache.org/docs/main/latest/en/api/query-protocol/',
    versions: 'SkyWalking 6–10',
  },
  sniff(head) {
    return /^\s{0,20}\{/.test(head.text) &&
      /"segmentId"\s{0,5}:/.test(head.text) &&
      /"parentSpanId"\s{0,5}:/.test(head.text)
      ? 0.93
      : 0;
  },
  async read(file, sink) {
    const writer = new TraceWriter(sink);
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const spans = get(value, 'data', 'trace', 'spans') ?? get(value, 'trace', 'spans') ?? get(value, 'spans');
      for (const span of list(spans)) writer.add(spanOf(span, line));
    }
    writer.finish();
    sink.format('SkyWalking');
  },
};

function spanOf(span: unknown, line: number): Span {
  const segment = str(get(span, 'segmentId')) ?? '';
  const start = num(get(span, 'startTime'));
  const end = num(get(span, 'endTime'));
  const parent = str(get(span, 'parentSpanId')) ?? '-1';
  const reference = list(get(span, 'refs'))[0];
  const type = str(get(span, 'type'));
  const remote =
    reference === undefined
      ? undefined
      : `${str(get(reference, 'parentSegmentId')) ?? ''}.${str(get(reference, 'parentSpanId')) ?? ''}`;
  return {
    trace: str(get(span, 'traceId')) ?? '',
    id: `${segment}.${str(get(span, 'spanId')) ?? ''}`,
    parent: parent === '-1' ? remote : `${segment}.${parent}`,
    service: str(get(span, 'serviceCode')) ?? '',
    operation: str(get(span, 'endpointName')) ?? '',
    kind: type === 'Entry' ? 'server' : type === 'Exit' ? 'client' : 'internal',
    start,
    duration: Number.isNaN(end - start) ? undefined : end - start,
    error: get(span, 'isError') === true,
    labels: {},
    line,
  };
}
