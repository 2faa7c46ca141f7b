import { parseGoFloat } from '../series/exposition.js';
import type { Head, DumpFile } from '../types/dump.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function sniffText(head: Head): number {
  const text = head.text.trimStart().slice(0, 4096);
  if (!text.startsWith('{') && !text.startsWith('[')) return 0;
  if (/"resultType"\s*:\s*"(?:matrix|vector|scalar|string)"/.test(text)) return 0.95;
  if (/^\{\s*"status"\s*:\s*"(?:success|error)"/.test(text)) return /"streams"/.test(text) ? 0.1 : 0.6;
  if (/^\[\s*\{\s*"metric"\s*:\s*\{/.test(text) && /"values?"\s*:\s*\[/.test(text)) return 0.8;
  return 0;
}

async function readQuery(file: DumpFile, sink: Sink): Promise<void> {
  let root: Json;
  try {
    root = JSON.parse(await file.text()) as Json;
  } catch (error) {
    sink.problem('INVALID_JSON', {
      line: 0,
      column: 0,
      reason: error instanceof Error ? error.message : String(error),
    });
    return;
  }
  if (Array.isArray(root)) {
    result(root, sink);
    return;
  }
  if (typeof root !== 'object' || root === null) return;
  if (root['status'] === 'error')
    sink.problem('ERROR_RESPONSE', { type: String(root['errorType']), error: String(root['error']) });
  const data = root['data'];
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return;
  sink.format(String(data['resultType']));
  if (Array.isArray(data['result'])) result(data['result'], sink);
}

function result(list: Json[], sink: Sink): void {
  if (typeof list[0] === 'number') {
    sample(list, sink.series('', {}), sink);
    return;
  }
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    const { name, labels } = identity(entry['metric']);
    const writer = sink.series(name, labels);
    if (Array.isArray(entry['values'])) for (const pair of entry['values']) sample(pair, writer, sink);
    if (Array.isArray(entry['value'])) sample(entry['value'], writer, sink);
  }
}

function identity(metric: Json | undefined): { name: string; labels: Labels } {
  const labels = Object.create(null) as Record<string, string>;
  let name = '';
  if (typeof metric === 'object' && metric !== null && !Array.isArray(metric)) {
    for (const [label, value] of Object.entries(metric)) {
      if (label === '__name__') name = String(value);
      else labels[label] = String(value);
    }
  }
  return { name, labels };
}

function sample(pair: Json, writer: ReturnType<Sink['series']>, sink: Sink): void {
  if (!Array.isArray(pair) || typeof pair[0] !== 'number') return;
  const value = valueOf(pair[1]);
  if (value === null) sink.problem('BAD_NUMBER', { found: JSON.stringify(pair[1]) });
  else writer.push(Math.round(pair[0] * 1000), value);
}

function valueOf(text: Json | undefined): number | null {
  if (typeof text === 'number') return text;
  return typeof text === 'string' ? parseGoFloat(text) : null;
}

/** Answers of the Prometheus HTTP API and its kin (Thanos, Mimir, VictoriaMetrics). */
export const prometheusQuery: Importer = {
  id: 'prometheus-query',
  title: 'Prometheus query answer (JSON)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/querying/api/', versions: 'v1' },
  sniff: sniffText,
  read: readQuery,
};
