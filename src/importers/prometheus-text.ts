import { Fault, parseSample, type ExpositionSample, type KnownHeads } from '../series/exposition.js';
import { OpenMetricsCheck } from '../series/openmetrics-check.js';
import type { DumpFile, Head } from '../types/dump.js';
import type { SeriesKind } from '../types/series.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, SeriesWriter, Sink } from './importer.js';

const TYPES = new Set([
  'counter', 'gauge', 'histogram', 'summary', 'untyped', 'unknown', 'info', 'stateset', 'gaugehistogram',
]); // prettier-ignore
/** Types and comments that only OpenMetrics has. */
const OPEN_METRICS = /^# (?:EOF|UNIT |TYPE \S+ (?:unknown|info|stateset|gaugehistogram)$)/m;
const META = /^#\s{0,8}(HELP|TYPE|UNIT)\s+("(?:[^"\\]|\\.)*"|\S+)(?:\s(.*))?$/;

function sniffText(head: Head): number {
  let samples = 0;
  let braces = 0;
  let meta = 0;
  let other = 0;
  const complete = head.complete ? head.lines.length : head.lines.length - 1;
  for (const line of head.lines.slice(0, Math.min(300, complete))) {
    if (line.trim() === '') continue;
    if (line.startsWith('#')) {
      if (/^# (?:HELP|TYPE|UNIT|EOF)\b/.test(line)) meta += 1;
      continue;
    }
    if (parseSample(line) instanceof Fault) other += 1;
    else {
      samples += 1;
      if (line.includes('{')) braces += 1;
    }
  }
  const all = samples + other;
  if (all === 0) return meta > 0 ? 0.9 : 0;
  const share = samples / all;
  if (meta > 0) return 0.55 + 0.4 * share;
  // bare `name number` lines are how /proc and cgroup files look, too
  if (braces > 0 && share > 0.5) return 0.5 + 0.4 * share;
  return share === 1 ? 0.32 : 0;
}

/** State of one file while it is read. */
interface Reading {
  readonly sink: Sink;
  readonly types: Map<string, string>;
  readonly openMetrics: boolean;
  /** Families without a type. */
  readonly untyped: Set<string>;
  /** Last timestamp of each series, as written. */
  readonly stamps: Map<string, string>;
  undated: number;
  ended: boolean;
  readonly hints: Map<string, SeriesHints>;
  readonly known: KnownHeads;
  /** Writers of known names and labels; given up when a sample without a time changes what belongs together. */
  writers: Map<Labels, SeriesWriter>;
}

async function readText(file: DumpFile, sink: Sink): Promise<void> {
  const openMetrics = OPEN_METRICS.test(file.head.text);
  const reading: Reading = {
    sink,
    types: new Map(),
    openMetrics,
    untyped: new Set(),
    stamps: new Map(),
    undated: 0,
    ended: false,
    hints: new Map(),
    known: new Map(),
    writers: new Map(),
  };
  const check = openMetrics ? new OpenMetricsCheck() : undefined;
  if (!datedHead(file.head) && sink.taken === undefined) sink.clock({ kind: 'relative' });
  let number = 0;
  for await (const line of file.lines()) {
    number += 1;
    const defects = check?.line(line) ?? [];
    // a line that could not be read has been reported
    if (anyLine(line, number, reading)) report(defects, sink, number);
  }
  report(check?.end() ?? [], sink, number);
  if (reading.undated > 0 && sink.taken === undefined) sink.problem('NO_TIME');
  sink.format(`${openMetrics ? 'OpenMetrics' : 'classic'} text, ${familiesText(reading)}`);
}

/** Whether any sample of the beginning carries its own time. */
function datedHead(head: Head): boolean {
  for (const line of head.lines.slice(0, 300)) {
    if (line.startsWith('#')) continue;
    const sample = parseSample(line);
    if (!(sample instanceof Fault) && sample.stamp !== '') return true;
  }
  return false;
}

function familiesText({ types, untyped }: Reading): string {
  const counts = new Map<string, number>();
  for (const type of types.values()) {
    const name = type === 'untyped' ? 'unknown' : type;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (untyped.size > 0) counts.set('unknown', (counts.get('unknown') ?? 0) + untyped.size);
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${count} ${type}`);
  const all = types.size + untyped.size;
  return parts.length === 0 ? 'no samples' : `${all} ${all === 1 ? 'family' : 'families'} (${parts.join(', ')})`;
}

function report(defects: readonly string[], sink: Sink, number: number): void {
  for (const expected of defects) sink.problem('NOT_OPENMETRICS', { expected }, number);
}

/** Whether the line could be read. */
function anyLine(line: string, number: number, reading: Reading): boolean {
  if (line.startsWith('#')) return metaLine(line, number, reading);
  return line.trim() === '' || sampleLine(line, number, reading);
}

/** Whether the line could be read. */
function metaLine(line: string, number: number, reading: Reading): boolean {
  if (line === '# EOF') {
    reading.ended = true;
    return true;
  }
  const match = META.exec(line);
  if (match?.[1] !== 'TYPE') return true;
  const name = match[2]!.startsWith('"') ? match[2]!.slice(1, -1) : match[2]!;
  const type = (match[3] ?? '').trim();
  if (TYPES.has(type)) {
    reading.types.set(name, type);
    return true;
  }
  reading.sink.problem('BAD_LINE', { expected: 'a metric type', found: type === '' ? 'nothing' : type }, number);
  return false;
}

/** Whether the line could be read. */
function sampleLine(line: string, number: number, reading: Reading): boolean {
  const { sink } = reading;
  const bad = (expected: string, found: string): boolean => {
    sink.problem('BAD_LINE', { expected, found }, number);
    return false;
  };
  if (reading.ended) return bad('nothing behind # EOF', line);
  const sample = parseSample(line, reading.known);
  if (sample instanceof Fault) return bad(sample.expected, sample.found);
  const time = timeOf(sample, reading);
  if (time === null) return bad('a timestamp between 1677 and 2262', sample.stamp);
  if (reading.openMetrics && repeated(sample, reading)) {
    sink.passed(number);
    return true;
  }
  writerOf(sample, number, reading).push(time, sample.value, number);
  return true;
}

function writerOf(sample: ExpositionSample, number: number, reading: Reading): SeriesWriter {
  const { sink, known, writers } = reading;
  const kept = writers.get(sample.labels);
  if (kept !== undefined) return kept;
  const writer = sink.series(sample.name, sample.labels, hintsOf(sample, number, reading));
  // no more than there are heads to meet again
  if (writers.size < known.size) writers.set(sample.labels, writer);
  return writer;
}

/** OpenMetrics allows a series to repeat a timestamp, cut short by its writer; then the first sample holds. */
function repeated({ name, labels, stamp }: ExpositionSample, { stamps }: Reading): boolean {
  if (stamp === '') return false;
  const key = `${name} ${JSON.stringify(labels)}`;
  if (stamps.get(key) === stamp) return true;
  stamps.set(key, stamp);
  return false;
}

/** Range of times in nanoseconds in 64 bits; what lies outside is a slip. */
const LATEST = 9_223_372_036_854;

/** Epoch ms: OpenMetrics writes seconds, the classic format milliseconds; decimals or the size tell them apart. */
function timeOf(sample: ExpositionSample, reading: Reading): number | null {
  const { stamp } = sample;
  if (stamp === '') {
    if (reading.undated === 0) reading.writers.clear();
    reading.undated += 1;
    return reading.sink.taken?.time ?? 0;
  }
  const number = Number(stamp);
  const seconds = reading.openMetrics || /[.eE]/.test(stamp) || (Math.abs(number) >= 1e9 && Math.abs(number) < 2e10);
  const time = Math.round(seconds && Math.abs(number) < 1e11 ? number * 1000 : number);
  return Math.abs(time) <= LATEST ? time : null;
}

const SUFFIX = /_(?:total|created|bucket|count|sum|gcount|gsum|info)$/;

function hintsOf(sample: ExpositionSample, number: number, reading: Reading): SeriesHints {
  const known = reading.hints.get(sample.name);
  if (known !== undefined) return known;
  const { name } = sample;
  const base = name.replace(SUFFIX, '');
  const type = reading.types.get(name) ?? reading.types.get(base);
  if (type === undefined) reading.untyped.add(name);
  const kind = kindOf(type, name.slice(base.length));
  const lies = type === 'gauge' && name.endsWith('_total');
  if (lies) reading.sink.problem('TYPE_DOUBTFUL', { name, type }, number);
  const hints: SeriesHints = kind === undefined || lies ? {} : { kind };
  reading.hints.set(name, hints);
  return hints;
}

function kindOf(type: string | undefined, suffix: string): SeriesKind | undefined {
  switch (type) {
    case 'counter':
      return suffix === '_created' ? 'gauge' : 'counter';
    case 'histogram':
      return suffix === '_created' ? 'gauge' : 'counter';
    case 'summary':
      return suffix === '_count' || suffix === '_sum' ? 'counter' : 'gauge';
    case 'gauge':
    case 'info':
    case 'stateset':
    case 'gaugehistogram':
      return 'gauge';
    default:
      return undefined;
  }
}

/**
 * Prometheus text exposition and OpenMetrics, as `/metrics` pages and `promtool tsdb dump` write them.
 *
 *     # TYPE node_softnet_times_squeezed_total counter
 *     node_softnet_times_squeezed_total{cpu="2"} 85 1700000000000
 *     {"my.metric",pod="a"} 1
 *     rpc_seconds_bucket{le="0.5"} 3 # {trace_id="x"} 0.3 1700000000.1
 *     # EOF
 *
 * Samples without a time get the time at which the file was taken. Exemplars are read past. `# TYPE` is a hint only:
 * several exporters call their counters gauges.
 */
export const prometheusText: Importer = {
  id: 'prometheus-text',
  title: 'Prometheus text and OpenMetrics',
  format: {
    reference: 'https://prometheus.io/docs/instrumenting/exposition_formats/',
    versions: 'text 0.0.4 and 1.0.0, OpenMetrics 1.0',
  },
  sniff: sniffText,
  read: readText,
};
