import { Fault, parseGoFloat, parseSample } from '../series/exposition.js';
import type { DumpFile, Head } from '../types/dump.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesWriter, Sink } from './importer.js';

/** `{…} =>` alone, or with `value @[time]` behind it. */
const HEADER = /^(.*\S)\s*=>(?:\s+(\S{1,60})\s+@\[(\d{1,13}(?:\.\d{1,9})?)\])?$/;
const POINT = /^(\S{1,60})\s+@\[(\d{1,13}(?:\.\d{1,9})?)\]$/;

function sniffPromtool(head: Head): number {
  let headers = 0;
  let points = 0;
  let other = 0;
  for (const line of head.lines.slice(0, head.complete ? 200 : Math.min(200, head.lines.length - 1))) {
    if (line.trim() === '') continue;
    if (line.length < 4096 && HEADER.test(line)) headers += 1;
    else if (POINT.test(line)) points += 1;
    else other += 1;
  }
  return headers === 0 ? 0 : (0.95 * (headers + points)) / (headers + points + other);
}

async function readPromtool(file: DumpFile, sink: Sink): Promise<void> {
  sink.format('promtool text');
  let writer: SeriesWriter | null = null;
  let number = 0;
  for await (const line of file.lines()) {
    number += 1;
    if (line.trim() === '') continue;
    const point = POINT.exec(line);
    if (point !== null) {
      if (writer === null) sink.problem('BAD_LINE', { expected: 'a series before its values', found: line }, number);
      else push(point[1]!, point[2]!, writer, sink, number);
      continue;
    }
    const header = line.length < 65_536 ? HEADER.exec(line) : null;
    const series = header === null ? null : identity(header[1]!);
    if (header === null || series === null) {
      sink.problem('BAD_LINE', { expected: 'labels and =>, or value @[time]', found: line }, number);
      continue;
    }
    writer = sink.series(series.name, series.labels);
    if (header[2] !== undefined && header[3] !== undefined) push(header[2], header[3], writer, sink, number);
  }
}

function push(text: string, stamp: string, writer: SeriesWriter, sink: Sink, line: number): void {
  const value = parseGoFloat(text);
  if (value === null) sink.problem('BAD_NUMBER', { found: text }, line);
  else writer.push(Math.round(Number(stamp) * 1000), value, line);
}

/** Name and labels of `name{a="b"}`; a set without name is an expression's answer. */
function identity(text: string): { name: string; labels: Labels } | null {
  const named = text.startsWith('{') ? `_${text} 0` : `${text} 0`;
  const sample = parseSample(named);
  if (sample instanceof Fault) return null;
  return { name: text.startsWith('{') && sample.name === '_' ? '' : sample.name, labels: sample.labels };
}

/**
 * Text answers of `promtool query instant` and `promtool query range`.
 *
 *     up{instance="a:9090", job="node"} =>
 *     1 @[1700000000]
 *     1 @[1700000015.123]
 */
export const promtoolQuery: Importer = {
  id: 'promtool-query',
  title: 'promtool query (text)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/command-line/promtool/', versions: 'any' },
  sniff: sniffPromtool,
  read: readPromtool,
};
