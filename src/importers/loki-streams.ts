import { asObject, get, jsonDocuments, list, str } from '../dump/json.js';
import { jsonLookup, structured } from '../logs/fields.js';
import { nanoseconds } from '../logs/time.js';
import { writeLine } from '../logs/read.js';
import { LogWriter } from '../logs/writer.js';
import { plausible } from '../logs/clock.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

/** Usual values of `limit=`; a result of exactly that many entries was probably cut off. */
const LIMITS = new Set([100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000]);

/**
 * Loki's `query_range` and `query` with a log result, and `/api/prom/query` of old.
 *
 *     {"status":"success","data":{"resultType":"streams","result":[
 *       {"stream":{"pod":"web-1"},"values":[["1700000000000000000","line"],["1700000001000000000","line",{"structuredMetadata":{}}]]}]}}
 *
 * Nanoseconds come as strings; newest first unless asked otherwise; equal entries are kept, duplicates are data.
 */
export const lokiStreams: Importer = {
  id: 'loki-streams',
  title: 'Loki query result',
  format: { reference: 'https://grafana.com/docs/loki/latest/reference/loki-http-api/', versions: 'Loki 1.0–3.x' },
  sniff(head) {
    if (!/^\s{0,20}\{/.test(head.text)) return 0;
    if (/"resultType"\s{0,10}:\s{0,10}"streams"/.test(head.text)) return 0.98;
    return /"streams"\s{0,10}:\s{0,10}\[\s{0,30}\{\s{0,30}"(?:labels|stream|entries)"/.test(head.text) ? 0.9 : 0;
  },
  async read(file, sink) {
    const writer = new LogWriter(sink);
    sink.format('Loki streams');
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const streams = list(get(value, 'data', 'result') ?? get(value, 'streams'));
      if (streams.length === 0) sink.problem('NO_ITEMS', {}, line);
      let entries = 0;
      for (const stream of streams) entries += readStream(writer, stream, line);
      if (LIMITS.has(entries)) sink.problem('LIMIT_REACHED', { count: entries }, line);
      stateCount(sink, streams.length);
    }
    writer.finish();
  },
};

function stateCount(sink: Sink, streams: number): void {
  sink.fact('loki.streams', streams, { unit: 'count' });
}

function readStream(writer: LogWriter, stream: unknown, line: number): number {
  const labels = streamLabels(get(stream, 'stream'));
  let entries = 0;
  for (const value of list(get(stream, 'values'))) {
    const [digits, text, metadata] = list(value);
    entries++;
    const more = streamLabels(get(metadata, 'structuredMetadata') ?? get(metadata, 'parsed'));
    writeEntry(writer, str(digits), str(text) ?? '', { ...more, ...labels }, line);
  }
  for (const entry of list(get(stream, 'entries'))) {
    entries++;
    writeEntry(writer, str(get(entry, 'ts')), str(get(entry, 'line')) ?? '', labels, line);
  }
  return entries;
}

function writeEntry(writer: LogWriter, digits: string | undefined, text: string, labels: Labels, line: number): void {
  const time = digits === undefined ? Number.NaN : /^\d{1,25}$/.test(digits) ? nanoseconds(digits) : Date.parse(digits);
  const { level } = structured(jsonLookup({ level: labels['level'] ?? labels['detected_level'] }));
  writeLine(writer, { message: text, labels, ...(level ? { level } : {}) }, plausible(time) ? time : undefined, line);
}

/** Labels of a stream as they are, plus the entity names that our labels have. */
function streamLabels(value: unknown): Labels {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, text] of Object.entries(asObject(value) ?? {})) {
    const word = str(text);
    if (word !== undefined) labels[name] = word;
  }
  return labels;
}
