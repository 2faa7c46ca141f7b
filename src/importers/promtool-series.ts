import type { DumpFile, Head } from '../types/dump.js';
import type { Importer, Sink } from './importer.js';

const SET = /^\{\s*"(?:__name__|[a-zA-Z_]\w{0,200})"\s*:\s*"/;

/** The label set of a line, when all its values are texts and one of them is the metric's name. */
function setOf(line: string): Map<string, string> | null {
  if (!SET.test(line)) return null;
  let found: unknown;
  try {
    found = JSON.parse(line);
  } catch {
    return null;
  }
  const labels = new Map<string, string>();
  for (const [name, value] of Object.entries(found as Record<string, unknown>)) {
    if (typeof value !== 'string') return null;
    labels.set(name, value);
  }
  return labels.has('__name__') ? labels : null;
}

function sniffSeries({ lines, complete }: Head): number {
  const whole = (complete ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== '').slice(0, 20);
  if (whole.length === 0) return 0;
  return (0.95 * whole.filter((line) => setOf(line.trim()) !== null).length) / whole.length;
}

async function readSeries(file: DumpFile, sink: Sink): Promise<void> {
  sink.format('list of series, no samples');
  let number = 0;
  let found = 0;
  for await (const line of file.lines()) {
    number += 1;
    if (line.trim() === '') continue;
    const labels = setOf(line.trim());
    if (labels === null) {
      sink.problem('BAD_LINE', { expected: 'a set of labels', found: line }, number);
      continue;
    }
    const name = labels.get('__name__')!;
    labels.delete('__name__');
    found += 1;
    sink.fact('prometheus.series', name, { labels: plain(labels), line: number });
  }
  if (found === 0) sink.problem('NO_ROWS');
}

function plain(labels: ReadonlyMap<string, string>): Record<string, string> {
  const out = Object.create(null) as Record<string, string>;
  for (const [name, value] of labels) out[name] = value;
  return out;
}

/**
 * Label sets without samples, one a line: `promtool tsdb dump --format=seriesjson`. They tell what the server holds.
 *
 *     {"__name__":"up","instance":"a:9090","job":"node"}
 */
export const promtoolSeries: Importer = {
  id: 'promtool-series',
  title: 'promtool tsdb dump, series only (JSON lines)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/command-line/promtool/', versions: '3.8' },
  sniff: sniffSeries,
  read: readSeries,
};
