import { labelsOf, parseExpression } from '../series/expression.js';
import { tokenize } from '../series/tokens.js';
import type { Labels } from '../types/series.js';
import { headerUnit, type PrintedUnit } from './units.js';

/** What a column header says of its series. */
export interface ColumnName {
  /** The header without its label set and unit; empty when only the file's name tells what was measured (`Value`). */
  readonly name: string;
  readonly labels: Labels;
  readonly unit?: PrintedUnit;
  /** The name means nothing outside the file. */
  readonly local: boolean;
}

const ANONYMOUS = /^(?:_?value|val|values|数值|值)(?: ?#?[a-z])?$/i;

/** The foreign name and labels that a header gives. */
export function columnName(header: string): ColumnName {
  const text = header.trim();
  const { prefix, labels } = splitLabels(text);
  if (labels !== null) {
    const name = prefix === '' ? (labels['__name__'] ?? '') : prefix;
    return { name, labels: without(labels, '__name__'), local: name === '' };
  }
  const expression = parseExpression(text);
  if (expression !== null && expression.metric !== text) {
    // `name(k=v,…)` of Monasca: brackets that hold labels, not a call
    const plain =
      expression.rate === undefined && expression.aggregate === undefined && expression.smooth === undefined;
    if (plain && text.endsWith(')') && text.startsWith(expression.metric))
      return { name: expression.metric, labels: expression.labels, local: false };
    return { name: text, labels: labelsOf([]), local: false };
  }
  const { name, unit } = headerUnit(text);
  const anonymous = ANONYMOUS.test(name) || name === '';
  const base = { name: anonymous ? '' : name, labels: labelsOf([]), local: anonymous || !/[_:]/.test(name) };
  return unit === undefined ? base : { ...base, unit };
}

function without(labels: Labels, name: string): Labels {
  return labelsOf(Object.entries(labels).filter(([key]) => key !== name));
}

const STATISTIC = /^(.{1,200}?)[ /|:_-]+(p\d{2,4}|max|min|mean|avg|rps|qps|req\/s|requests|failed|failures|errors)$/i;

const LATENCIES: ReadonlyMap<string, string> = new Map([
  ...['p50', 'p90', 'p95', 'p99', 'max', 'mean'].map((word) => [word, `app.latency.${word}`] as const),
  ['avg', 'app.latency.mean'],
]);

const RATES: ReadonlyMap<string, string> = new Map([
  ...['rps', 'qps', 'req/s', 'requests'].map((word) => [word, 'app.requests'] as const),
  ...['failed', 'failures', 'errors'].map((word) => [word, 'app.failures'] as const),
]);

/** A column of a load generator's table: one statistic of the requests to one target. */
export interface Statistic {
  readonly who: string;
  readonly name: string;
  readonly kind: 'latency' | 'rate';
}

/**
 * Columns named `‹target› p50`, `‹target› p99`, `‹target› rps` …: per header the target and what it is, undefined where
 * it is none. Without a quantile of the same target, `max` or `failed` may be anything, and nothing is claimed.
 */
export function statisticsOf(headers: readonly string[]): (Statistic | undefined)[] {
  const split = headers.map((header) => {
    const match = STATISTIC.exec(headerUnit(header.trim()).name);
    return match === null ? undefined : { who: match[1]!, what: match[2]!.toLowerCase() };
  });
  const timed = new Set(split.filter((one) => one !== undefined && /^p\d/.test(one.what)).map((one) => one!.who));
  return split.map((one) => {
    if (one === undefined || !timed.has(one.who)) return undefined;
    const latency = LATENCIES.get(one.what);
    if (latency !== undefined) return { who: one.who, name: latency, kind: 'latency' };
    const rate = RATES.get(one.what);
    return rate === undefined ? undefined : { who: one.who, name: rate, kind: 'rate' };
  });
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
