import { jsonDocuments, num } from '../dump/json.js';
import { framesIn, type DataFrame, type Field } from '../grafana/frames.js';
import { fieldUnit } from '../grafana/units.js';
import { labelsOf, parseExpression } from '../series/expression.js';
import { columnName } from '../table/names.js';
import { scaled } from '../table/numbers.js';
import type { PrintedUnit } from '../table/units.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, SeriesWriter, Sink } from './importer.js';

/**
 * Data that Grafana gives as JSON: query answers, data frames of the panel inspector, dashboard snapshots.
 *
 *     {"results":{"A":{"frames":[{"schema":{"meta":{"executedQueryString":"Expr: rate(x[1m])\nStep: 15s"},
 *       "fields":[{"name":"Time","type":"time"},{"name":"Value","type":"number","labels":{"pod":"a"}}]},
 *      "data":{"values":[[1700000000000],[0]],"entities":[null,{"NaN":[0]}],"nanos":[[500]]}}]}}}
 *     [{"target":"x","datapoints":[[value, ms], …]}]
 *     {"dashboard":{"panels":[{"title":"…","snapshotData":[frame, …]}]},"meta":{…}}
 *
 * Times in epoch ms, `nanos` beside them; numbers that JSON cannot hold are null (or 0) and named in `entities`. The query
 * that was run is the best name a series can have.
 */
export const grafanaJson = {
  id: 'grafana-json',
  title: 'Grafana data frames and snapshots',
  format: { reference: 'https://grafana.com/developers/dataplane/', versions: '5–12' },
  sniff(head) {
    const text = head.text.slice(0, 30_000);
    if (!/^\s{0,20}[{[]/.test(text)) return 0;
    if (/"snapshotData"\s{0,5}:\s{0,5}\[/.test(head.text)) return 0.92;
    if (/"schema"\s{0,5}:\s{0,5}\{/.test(text) && /"fields"\s{0,5}:\s{0,5}\[/.test(text)) return 0.97;
    if (/"frames"\s{0,5}:\s{0,5}\[/.test(text) && /"results"|"refId"|"schema"/.test(text)) return 0.85;
    if (/"target"\s{0,5}:/.test(text) && /"datapoints"\s{0,5}:\s{0,5}\[/.test(text)) return 0.9;
    if (/"results"\s{0,5}:/.test(text) && /"points"\s{0,5}:\s{0,5}\[\s{0,5}\[/.test(text)) return 0.85;
    return /"datapoints"\s{0,5}:\s{0,5}\[\s{0,5}\[/.test(text) ||
      (/"fields"\s{0,5}:\s{0,5}\[/.test(text) &&
        /"type"\s{0,5}:\s{0,5}"time"/.test(text) &&
        /"values"\s{0,5}:/.test(text))
      ? 0.8
      : 0;
  },
  async read(file, sink) {
    let frames = 0;
    for await (const { value, line } of jsonDocuments(file, sink)) {
      for (const frame of framesIn(value)) {
        frames++;
        readFrame(frame, sink, line);
      }
    }
    if (frames === 0) sink.problem('NO_ITEMS');
    sink.format(`data frames, ${frames}`);
  },
} as const satisfies Importer;

function readFrame(frame: DataFrame, sink: Sink, line: number): void {
  const time = frame.fields.find(({ type }) => type === 'time');
  if (time === undefined) {
    sink.problem('NO_TIME_COLUMN', { columns: frame.fields.map(({ name }) => name).join(', ') }, line);
    return;
  }
  const rows = time.values.length;
  const numbers = frame.fields.filter(({ type }) => type === 'number' || type === 'boolean');
  const texts = frame.fields.filter(({ type, name }) => type === 'string' || (type === 'other' && name === 'labels'));
  if (isLog(frame, texts) || numbers.length === 0) {
    logRows(time, texts, sink, line);
    return;
  }
  const telling = texts.filter((field) => new Set(field.values).size <= Math.max(1, rows / 2));
  for (const field of numbers) {
    const { name, labels, hints, factor } = identity(frame, field);
    const writers = new Map<string, SeriesWriter>();
    for (let row = 0; row < rows; row++) {
      const value = valueAt(field, row);
      const at = timeAt(time, row);
      if (value === undefined || at === undefined) continue;
      const more = telling.map((text) => [text.name, textOf(text.values[row])] as const);
      const key = more.map(([, text]) => text).join('\u0000');
      let writer = writers.get(key);
      if (writer === undefined)
        writers.set(key, (writer = sink.series(name, labelsOf([...Object.entries(labels), ...more]), hints)));
      writer.push(at, scaled(value, factor), line);
    }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function timeAt(time: Field, row: number): number | undefined {
  const ms = time.values[row];
  if (typeof ms !== 'number' && typeof ms !== 'string') return undefined;
  const at = typeof ms === 'string' && !/^-?\d{1,20}$/.test(ms) ? Date.parse(ms) : num(ms);
  const nanos = num(time.nanos[row]);
  return Number.isFinite(at) ? at + (Number.isFinite(nanos) ? nanos / 1e6 : 0) : undefined;
}

/** Number of a cell: NaN and infinities as `entities` tells, undefined for null. */
function valueAt(field: Field, row: number): number | undefined {
  const special = field.special.get(row);
  if (special !== undefined) return special;
  const value = field.values[row];
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || value === undefined || value === '') return undefined;
  const number = num(value);
  return Number.isNaN(number) ? undefined : number;
}

interface Identity {
  readonly name: string;
  readonly labels: Labels;
  readonly hints: SeriesHints;
  readonly factor: number;
}

function identity(frame: DataFrame, field: Field): Identity {
  const labels = labelsOf(Object.entries(field.labels).filter(([name]) => name !== '__name__'));
  const metric = field.labels['__name__'];
  const expression = frame.expression;
  // a metric's own name stands for itself; after rate() and sum() only the query tells
  if (metric !== undefined) return { name: metric, labels, hints: {}, factor: 1 };
  if (expression !== undefined && parseExpression(expression) !== null)
    return { name: expression, labels, hints: {}, factor: 1 };
  return shownIdentity(frame, field, labels);
}

/** A series that no query names: by what the panel calls it. */
function shownIdentity(frame: DataFrame, field: Field, labels: Labels): Identity {
  const shown = field.displayName ?? (isValue(field.name) ? frame.name : field.name) ?? frame.panel ?? '';
  const column = columnName(shown === '{}' ? '' : shown);
  // the unit setting of a panel speaks of what is shown; a metric's own name is the better word
  const known = parseExpression(column.name)?.metric.includes('_') === true;
  const unit = known ? undefined : (fieldUnit(field.unit) ?? column.unit);
  const own = Object.keys(labels).length > 0 ? labels : column.labels;
  const name = column.name === '' ? (frame.panel ?? '') : column.name;
  const scope = column.local ? { scope: 'file' as const } : {};
  return { name, labels: own, factor: unit?.factor ?? 1, hints: { ...scope, ...unitHints(unit) } };
}

function unitHints(printed: PrintedUnit | undefined): SeriesHints {
  if (printed?.unit === undefined) return {};
  const { unit, factor, text } = printed;
  return {
    unit,
    ...(unit.endsWith('/second') && { kind: 'rate' as const }),
    ...(factor !== 1 && { conversion: `× ${Number(factor.toPrecision(6))} (${text} → ${unit})` }),
  };
}

function isValue(name: string): boolean {
  return /^value(?: ?#?[a-z])?$/i.test(name) || name === '';
}

function isLog({ type }: DataFrame, texts: readonly Field[]): boolean {
  return type === 'log-lines' || texts.some(({ name }) => /^(?:body|line|message|log)$/i.test(name));
}

function logRows(time: Field, texts: readonly Field[], sink: Sink, line: number): void {
  const body = texts.find(({ name }) => /^(?:body|line|message|log)$/i.test(name)) ?? texts.find(({ type }) => type === 'string'); // prettier-ignore
  const labels = texts.find(({ name, type }) => name === 'labels' && type === 'other');
  if (body === undefined) return;
  for (let row = 0; row < time.values.length; row++) {
    const at = timeAt(time, row);
    if (at === undefined) continue;
    const own = labels?.values[row];
    const entries = typeof own === 'object' && own !== null ? Object.entries(own) : [];
    sink.event({
      time: at,
      kind: 'log.line',
      labels: labelsOf(entries.map(([name, value]) => [name, String(value)] as const)),
      message: textOf(body.values[row]),
      line,
    });
  }
}
