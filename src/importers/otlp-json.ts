import { get, jsonDocuments, list } from '../dump/json.js';
import { LogWriter } from '../logs/writer.js';
import { readResourceLogs } from '../traces/otlp-logs.js';
import { MetricsReader } from '../traces/otlp-metrics.js';
import { readResourceSpans } from '../traces/otlp-spans.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer } from './importer.js';

/**
 * OpenTelemetry data as JSON: traces, metrics and logs, single documents or one per line (file exporter), and what
 * Tempo answers (`batches`, `trace.resourceSpans`).
 *
 *     {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},
 *       "scopeSpans":[{"spans":[{"traceId":"…","spanId":"…","name":"GET /","kind":2,
 *         "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000012000000"}]}]}]}
 *
 * 64-bit integers come as strings or as bare numbers beyond 2^53; enums as numbers or names; ids as hex or base64.
 */
export const otlpJson: Importer = {
  id: 'otlp-json',
  title: 'OpenTelemetry JSON (traces, metrics, logs)',
  format: {
    reference: 'https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding',
    versions: 'OTLP 0.7–1.x, Tempo 1–2',
  },
  sniff(head) {
    if (!/^\s{0,20}\{/.test(head.text)) return 0;
    const start = head.text.slice(0, 20_000);
    if (/"resource(?:Spans|Metrics|Logs)"\s{0,5}:\s{0,5}\[/.test(start)) return 0.97;
    return /"batches"\s{0,5}:\s{0,5}\[/.test(start) &&
      /"(?:scopeSpans|instrumentationLibrarySpans|resource)"/.test(start)
      ? 0.95
      : 0;
  },
  async read(file, sink) {
    const traces = new TraceWriter(sink);
    const logs = new LogWriter(sink);
    const metrics = new MetricsReader(sink);
    const seen = new Set<string>();
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const root = get(value, 'trace') ?? value;
      for (const one of [...list(get(root, 'resourceSpans')), ...list(get(root, 'batches'))]) {
        seen.add('traces');
        readResourceSpans(one, line, traces);
      }
      for (const one of list(get(root, 'resourceMetrics'))) {
        seen.add('metrics');
        metrics.read(one, line);
      }
      for (const one of list(get(root, 'resourceLogs'))) {
        seen.add('logs');
        readResourceLogs(one, line, logs);
      }
    }
    if (seen.has('traces')) traces.finish();
    metrics.finish();
    logs.finish();
    if (seen.size === 0) sink.problem('NO_ITEMS');
    sink.format(`OTLP ${[...seen].join(', ')}`);
  },
};
