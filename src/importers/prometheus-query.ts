import { JsonScanner } from '../dump/json-scanner.js';
import { QueryReader } from '../series/query-reader.js';
import type { DumpFile, Head } from '../types/dump.js';
import type { Importer, Sink } from './importer.js';

const SNIFFED = 8192;

function sniffAnswer(head: Head): number {
  const text = head.text.slice(0, SNIFFED).trimStart();
  if (text.startsWith('[')) return sniffArray(text);
  if (!text.startsWith('{') || /"resultType"\s*:\s*"streams"|"frames"\s*:/.test(text)) return 0;
  if (/"resultType"\s*:\s*"(?:matrix|vector|scalar|string)"/.test(text))
    return /"data"\s*:\s*\{\s*"(?:resultType|result)"/.test(text) ? 0.95 : 0.7;
  return sniffUntyped(text);
}

/** The bare result of `promtool query -o json`. */
function sniffArray(text: string): number {
  const series = /^\[\s*\{\s*"(?:metric|values?|histograms?)"\s*:/.test(text);
  return series && /"(?:values?|histograms?)"\s*:\s*\[/.test(text) ? 0.9 : 0;
}

/** Errors, lists of series, and one series alone. */
function sniffUntyped(text: string): number {
  if (/"status"\s*:\s*"error"/.test(text) && /"errorType"\s*:/.test(text)) return 0.9;
  if (/"status"\s*:\s*"success"/.test(text) && /"data"\s*:\s*\[\s*(?:\]|\{\s*"__name__")/.test(text)) return 0.8;
  const single = /^\{\s*"metric"\s*:\s*\{/.test(text) && /"values?"\s*:\s*\[/.test(text);
  return single && !text.includes('"timestamps"') ? 0.6 : 0;
}

async function readAnswer(file: DumpFile, sink: Sink): Promise<void> {
  const reader = new QueryReader(sink, file.path);
  const scanner = new JsonScanner(reader, { many: true });
  reader.attach(scanner);
  for await (const chunk of file.bytes({ lent: true })) {
    scanner.push(chunk);
    if (scanner.fault !== undefined) break;
  }
  const fault = scanner.end();
  sink.format(reader.resultType === '' ? 'answer without a result' : reader.resultType);
  if (fault?.cut === true) sink.problem('TRUNCATED', { kept: `${reader.samples} samples` }, fault.line);
  else if (fault !== undefined)
    sink.problem('INVALID_JSON', { line: fault.line, column: fault.column, reason: fault.reason }, fault.line);
  else if (
    reader.entries === 0 &&
    reader.samples === 0 &&
    !reader.failed &&
    reader.resultType !== '' &&
    !reader.resultType.startsWith('list')
  )
    sink.problem('EMPTY_RESULT');
}

/**
 * Answers of the Prometheus HTTP API and its kin (Thanos, Mimir, VictoriaMetrics): `query_range` and `query`, also the
 * bare result array of `promtool query -o json`, several answers in one file, and lists of series.
 *
 *     {"status":"success","data":{"resultType":"matrix","result":[
 *      {"metric":{"__name__":"up","job":"a"},"values":[[1700000000,"1"],[1700000015.123,"NaN"]]}]}}
 *
 * Times are seconds, values are strings. Native histograms are written out as `_count`, `_sum` and `_bucket`. Series
 * without `__name__` (the answer to `rate(…)`) are named by a table of queries beside them or by the file.
 */
export const prometheusQuery: Importer = {
  id: 'prometheus-query',
  title: 'Prometheus query answer (JSON)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/querying/api/', versions: 'v1' },
  sniff: sniffAnswer,
  read: readAnswer,
};
