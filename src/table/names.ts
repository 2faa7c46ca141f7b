import type { Labels } from '../types/series.js';
import { labelsOf, parseExpression } from '../series/expression.js';
import type { FileName } from '../series/file-name.js';
import { tokenize } from '../series/tokens.js';
import { signals } from '../signals/all.js';
import { legendOf } from '../signals/legends.js';
import { headerUnit, type PrintedUnit } from './units.js';

/** What a column header says of its series. */
export interface ColumnName {
  /** Foreign name: the header without its label set, or the metric that the file name tells. */
  readonly name: string;
  /** `legend` holds a header that names who, not what; which label it is shows in the other files. */
  readonly labels: Labels;
  readonly unit?: PrintedUnit;
  /** The column holds a statistic of requests: `p99`, `rps`, `failed` … */
  readonly statistic?: Statistic;
}

export interface Statistic {
  readonly signal: string;
  readonly kind: 'latency' | 'rate';
}

const metrics: ReadonlySet<string> = new Set(
  signals.flatMap((signal) => signal.names.map((name) => (typeof name === 'string' ? name : name.name))),
);

const ANONYMOUS = /^(?:_?value|val|values|数值|值)(?: ?#?[a-z]?)?$/i;
const STATISTIC =
  /^(.{1,200}?)[ /|:_-]+(p\d{2,4}|q0?\.\d{1,4}|max|min|mean|avg|rps|qps|req\/s|requests|failed|failures|errors)$/i;

const STATISTICS: ReadonlyMap<string, Statistic> = new Map([
  ...['p50', 'p90', 'p95', 'p99', 'max', 'mean'].map(
    (word) => [word, { signal: `app.latency.${word}`, kind: 'latency' }] as const,
  ),
  ['avg', { signal: 'app.latency.mean', kind: 'latency' }],
  ...['rps', 'qps', 'req/s', 'requests'].map((word) => [word, { signal: 'app.requests', kind: 'rate' }] as const),
  ...['failed', 'failures', 'errors'].map((word) => [word, { signal: 'app.failures', kind: 'rate' }] as const),
]);

/** Whether the catalogue knows this metric, or it is written as exporters write theirs: words joined by `_`. */
export function isMetric(name: string): boolean {
  return metrics.has(name) || /^[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}$/i.test(name) || /^[a-z]+:[\w:]+$/i.test(name);
}

/**
 * The foreign name and labels of a value column.
 * @param header as written @param file what the file name tells
 */
export function columnName(header: string, file: FileName): ColumnName {
  const text = header.trim();
  const { prefix, labels } = splitLabels(text);
  const panel = panelMetric(file);
  if (labels !== null) {
    const name = prefix === '' ? (labels['__name__'] ?? panel ?? file.title) : prefix;
    return { name, labels: withQuantile(without(labels, '__name__'), prefix === '' ? file : null) };
  }
  const expression = parseExpression(text);
  if (expression !== null && (expression.metric !== text || metrics.has(text)))
    return expression.rate === undefined && expression.aggregate === undefined && text.endsWith(')')
      ? { name: expression.metric, labels: expression.labels }
      : { name: text, labels: labelsOf([]) };
  const { name, unit } = headerUnit(text);
  const named = plainColumn(name, file, panel);
  return unit === undefined ? named : { ...named, unit };
}

function plainColumn(name: string, file: FileName, panel: string | undefined): ColumnName {
  if (ANONYMOUS.test(name) || name === '') return { name: panel ?? file.title, labels: withQuantile(labelsOf([]), file) };
  const statistic = STATISTIC.exec(name);
  const [, who = '', what = ''] = statistic ?? [];
  if (panel !== undefined) {
    const quantile = /^q/i.test(what) ? what.slice(1) : null;
    if (quantile !== null) return { name: panel, labels: labelsOf([['legend', who], ['quantile', quantile]]) }; // prettier-ignore
    return { name: panel, labels: withQuantile(labelsOf([['legend', name]]), file) };
  }
  const known = STATISTICS.get(what.toLowerCase());
  if (known !== undefined && aboutRequests(file.title))
    return { name: known.signal, labels: labelsOf([['legend', who]]), statistic: known };
  return { name, labels: labelsOf([]) };
}

function aboutRequests(title: string): boolean {
  return /laten|duration|response|request|rtt|load|slo|client|延迟|响应|请求/i.test(title);
}

/** The metric that the file as a whole holds, when its name is one or it is a panel of a shipped dashboard. */
function panelMetric(file: FileName): string | undefined {
  if (file.metric !== undefined && isMetric(file.metric)) return file.metric;
  return legendOf(file.title) === undefined ? undefined : file.title;
}

function withQuantile(labels: Labels, file: FileName | null): Labels {
  if (file?.quantile === undefined) return labels;
  return labelsOf([...Object.entries(labels), ['quantile', String(file.quantile)]]);
}

function without(labels: Labels, name: string): Labels {
  return labelsOf(Object.entries(labels).filter(([key]) => key !== name));
}

/**
 * A header split before its trailing `{…}`: `rate(x[60s]){pod="a"}` → `rate(x[60s])` and the labels. Labels are null
 * when there is no such set.
 */
export function splitLabels(text: string): { readonly prefix: string; readonly labels: Labels | null } {
  if (!text.endsWith('}')) return { prefix: text, labels: null };
  const tokens = tokenize(text);
  const open = tokens?.findLastIndex((token) => token.type === 'mark' && token.text === '{') ?? -1;
  if (tokens === null || open < 0) return { prefix: text, labels: null };
  const start = tokens[open]!.start;
  const set = parseExpression(`x${text.slice(start)}`);
  if (set === null) return { prefix: text, labels: null };
  const named = parseExpression(text.slice(start));
  const labels = named === null ? set.labels : labelsOf([...Object.entries(named.labels), ['__name__', named.metric]]);
  return { prefix: text.slice(0, start).trim(), labels };
}
