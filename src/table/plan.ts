import type { SeriesHints, SeriesWriter, Sink } from '../importers/importer.js';
import { labelsOf } from '../series/expression.js';
import { seriesKey } from '../series/key.js';
import type { Labels } from '../types/series.js';
import { TimeColumn, Unfolder } from './clock.js';
import { numberOf, type Column } from './columns.js';
import type { FrameHead, Roles } from './frame.js';
import { columnName, splitLabels, statisticsOf, type ColumnName, type Statistic } from './names.js';
import { plainNumber, scaled, type NumberStyle } from './numbers.js';
import type { TableRecord } from './records.js';
import { isMangledTime } from './times.js';
import type { PrintedUnit } from './units.js';

/** What is done with the rows of a frame. */
export interface Plan {
  /** Shown as the format: `wide`, `long`, `spans` … */
  readonly layout: string;
  row(record: TableRecord): void;
  end(): void;
}

/** What a plan is made of. */
export interface Frame {
  readonly sink: Sink;
  readonly head: FrameHead;
  readonly roles: Roles;
  readonly rows: readonly TableRecord[];
  readonly delimiter: string;
}

/** A value column: how its cells become numbers. */
export interface ValueColumn {
  readonly index: number;
  readonly header: string;
  readonly name: ColumnName;
  readonly hints: SeriesHints;
  readonly style: NumberStyle;
  readonly factor: number;
}

/** Value columns of a frame with their names, units and precision. */
export function valueColumns(frame: Frame, columns: readonly Column[]): ValueColumn[] {
  const statistics = statisticsOf(columns.map(({ header }) => header));
  const unit = latencyUnit(columns.filter((_, i) => statistics[i]?.kind === 'latency'));
  return columns.map((column, i) => {
    const statistic = statistics[i];
    if (statistic?.kind === 'rate') return rateColumn(column, statistic);
    if (statistic !== undefined) return latencyColumn(column, statistic, unit, frame.sink);
    const named = columnName(column.header);
    const level = frame.head.levels[column.index];
    const labels = level === undefined ? named.labels : labelsOf([...Object.entries(named.labels), ...level]);
    const stated = named.unit ?? frame.head.units[column.index];
    const factor = column.unit === undefined && column.mixed === undefined ? (stated?.factor ?? 1) : 1;
    return { ...placeOf(column), name: { ...named, labels }, factor, hints: hintsOf(column, stated, factor, named) };
  });
}

function placeOf({ index, header, style }: Column): Pick<ValueColumn, 'index' | 'header' | 'style'> {
  return { index, header, style };
}

function statisticName({ name, who }: Statistic): ColumnName {
  return { name, labels: labelsOf([['legend', who]]), local: false };
}

function rateColumn(column: Column, statistic: Statistic): ValueColumn {
  const name = statisticName(statistic);
  const hints = { ...hintsOf(column, undefined, 1, name), kind: 'rate' as const };
  return { ...placeOf(column), name, factor: 1, hints };
}

function latencyColumn(column: Column, statistic: Statistic, usual: PrintedUnit, sink: Sink): ValueColumn {
  const name = statisticName(statistic);
  const stated = columnName(column.header).unit;
  if (stated === undefined && column.unit === undefined)
    sink.problem('UNIT_ASSUMED', { column: column.header, unit: usual.text });
  const unit = stated ?? usual;
  // cells that carry their units have been converted one by one
  const factor = column.unit === undefined ? unit.factor : 1;
  return { ...placeOf(column), name, factor, hints: hintsOf(column, unit, factor, name) };
}

/**
 * Unit of latencies without one. Load generators print ms with decimals, or whole µs; a median above half a second in
 * every column would be an outage in seconds and an ordinary day in ms.
 */
function latencyUnit(columns: readonly Column[]): PrintedUnit {
  const values = columns.flatMap(({ cells, style }) =>
    cells.map((cell) => numberOf(cell, style)).flatMap((cell) => (cell.kind === 'number' ? [cell.value] : [])),
  );
  values.sort((a, b) => a - b);
  const median = values[values.length >> 1] ?? 0;
  if (median <= 0.5) return { text: 's', factor: 1, unit: 'seconds' };
  return median > 20_000
    ? { text: 'µs', factor: 1e-6, unit: 'seconds' }
    : { text: 'ms', factor: 1e-3, unit: 'seconds' };
}

function hintsOf(column: Column, stated: PrintedUnit | undefined, factor: number, name: ColumnName): SeriesHints {
  const unit = column.unit ?? stated;
  const rounding = column.rounding * factor;
  return {
    ...(unit?.unit !== undefined && { unit: unit.unit }),
    ...(unit?.unit?.endsWith('/second') === true && { kind: 'rate' as const }),
    ...(rounding > 0 && { rounding }),
    ...(unit !== undefined && unit.factor !== 1 && { conversion: conversionText(unit) }),
    ...(name.local && { scope: 'file' as const }),
  };
}

function conversionText({ factor, text, unit }: PrintedUnit): string {
  return `× ${Number(factor.toPrecision(6))} (${text} → ${unit ?? 'plain'})`;
}

/** The time column of a frame, told of in the sink. */
export function timeColumn(frame: Frame): TimeColumn {
  const { roles, sink, head, rows } = frame;
  const column = roles.time!;
  const { assumed } = column.order;
  if (assumed !== undefined)
    sink.problem('DATE_ORDER_ASSUMED', {
      date: assumed.date,
      order: WORDS[assumed.order],
      other: WORDS[assumed.other],
    });
  const time = new TimeColumn(column, roles.relative, head.start);
  for (const row of rows.slice(0, 200)) time.read(row.cells[column.index] ?? '');
  const clock = time.clock();
  sink.clock(clock);
  if (clock.kind === 'relative') sink.problem('RELATIVE_TIME', { column: column.header });
  return time;
}

const WORDS = { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' } as const;

/** Time of a row, or null with a problem that says why. */
export function timeOf(record: TableRecord, time: TimeColumn, sink: Sink): number | null {
  const cell = record.cells[time.index] ?? '';
  const read = time.read(cell);
  if (read !== null) return read;
  if (cell.trim() === '') sink.problem('BAD_TIME', { found: cell }, record.line);
  else if (isMangledTime(cell)) sink.problem('TIME_LOST', { found: cell }, record.line);
  else if (/^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/.test(cell))
    sink.problem('DATE_UNDECIDED', { found: cell }, record.line);
  else sink.problem('BAD_TIME', { found: cell }, record.line);
  return null;
}

/** Number in a cell after conversion; undefined when missing, null (with a problem) when it is no number. */
export function valueOf(cell: string, column: ValueColumn, sink: Sink, line: number): number | undefined {
  if (cell === '') return undefined;
  if (column.style.decimal === '.') {
    const plain = plainNumber(cell);
    if (!Number.isNaN(plain)) return scaled(plain, column.factor);
  }
  const read = numberOf(cell, column.style);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'number') {
    if (column.factor === 1) return read.value;
    return read.unit === undefined ? scaled(read.value, column.factor) : read.value;
  }
  sink.problem('BAD_NUMBER', { found: cell }, line);
  return undefined;
}

/** Every value column is a series. */
export function widePlan(frame: Frame, columns: readonly Column[]): Plan {
  const { sink } = frame;
  const time = timeColumn(frame);
  const values = valueColumns(frame, columns);
  const keys = numbered(values, sink);
  const writers: (SeriesWriter | undefined)[] = values.map(() => undefined);
  const local = time.clock().kind === 'local';
  const unfolder = new Unfolder();
  const row = (record: TableRecord): void => {
    const stated = timeOf(record, time, sink);
    if (stated === null) return;
    const at = local ? unfolder.next(stated) : stated;
    const { cells, line } = record;
    for (let i = 0; i < values.length; i++) {
      const column = values[i]!;
      const cell = cells[column.index];
      if (cell === undefined || cell === '') continue;
      const value = valueOf(cell, column, sink, line);
      if (value === undefined) continue;
      const writer = (writers[i] ??= sink.series(column.name.name, keys[i]!, column.hints));
      writer.push(at, value, line);
    }
  };
  const end = (): void => {
    if (unfolder.folds.length > 0) sink.clock({ kind: 'local', folds: unfolder.folds });
  };
  return { layout: 'wide', row, end };
}

/** Labels of each column; of columns with the same name and labels, those after the first are numbered. */
function numbered(all: readonly ValueColumn[], sink: Sink): Labels[] {
  const same = new Map<string, number>();
  const keys = all.map(({ name }) => seriesKey(name.name, name.labels));
  for (const key of keys) same.set(key, (same.get(key) ?? 0) + 1);
  const seen = new Map<string, number>();
  return all.map(({ name, header }, i) => {
    const key = keys[i]!;
    const position = seen.get(key) ?? 0;
    seen.set(key, position + 1);
    if (position === 1) sink.problem('DUPLICATE_HEADER', { name: header, count: same.get(key)! });
    if (position === 0) return name.labels;
    return labelsOf([...Object.entries(name.labels), ['column', String(position + 1)]]);
  });
}

/** Columns of text tell series apart; one of them may name the metric, one may hold a whole label set. */
export function longPlan(frame: Frame, values: readonly Column[], texts: readonly Column[]): Plan {
  const { sink } = frame;
  const time = timeColumn(frame);
  const metric = texts.find(({ header }) => METRIC.test(header.trim()));
  const rest = texts.filter((column) => column !== metric);
  const columns = valueColumns(frame, values);
  const writers = new Map<string, SeriesWriter>();
  const row = (record: TableRecord): void => {
    const at = timeOf(record, time, sink);
    if (at === null) return;
    const { cells, line } = record;
    const identity = texts.map(({ index }) => cells[index] ?? '').join('\u0000');
    for (const column of columns) {
      const cell = cells[column.index];
      if (cell === undefined) continue;
      const value = valueOf(cell, column, sink, line);
      if (value === undefined) continue;
      const key = `${column.index}\u0000${identity}`;
      let writer = writers.get(key);
      if (writer === undefined) writers.set(key, (writer = open(column, cells)));
      writer.push(at, value, line);
    }
  };
  const open = (column: ValueColumn, cells: readonly string[]): SeriesWriter => {
    const named = metric === undefined ? column.name : columnName(cells[metric.index] ?? '');
    const own = metric !== undefined && columns.length > 1 ? [['field', column.header] as const] : [];
    const labels = [...Object.entries(named.labels), ...own, ...rest.flatMap((text) => cellLabels(text, cells))];
    const hints = named.local ? { ...column.hints, scope: 'file' as const } : column.hints;
    return sink.series(named.name, labelsOf(labels), hints);
  };
  return { layout: 'long', row, end: () => undefined };
}

const METRIC =
  /^(?:metric|metric[ _]?name|name|__name__|series|series[ _]?name|_?measurement|_?field|signal|指标|名称)$/i;

function cellLabels(column: Column, cells: readonly string[]): (readonly [string, string])[] {
  const cell = (cells[column.index] ?? '').trim();
  if (cell === '') return [];
  if (cell.startsWith('{') && cell.endsWith('}')) return labelSet(cell);
  const name = column.header.trim() || `column ${column.index + 1}`;
  // histogram logs repeat the name in the cell: `Tag=init`
  return [[name, cell.startsWith(`${name}=`) ? cell.slice(name.length + 1) : cell]];
}

/** Labels of a cell that holds a JSON object or a PromQL label set. */
function labelSet(cell: string): (readonly [string, string])[] {
  try {
    const parsed: unknown = JSON.parse(cell);
    if (typeof parsed === 'object' && parsed !== null)
      return Object.entries(parsed).map(([name, value]) => [name, String(value)] as const);
  } catch {
    // not JSON: the other spelling
  }
  return Object.entries(splitLabels(cell).labels ?? {});
}

/** Rows that say that something lasted from one time to another, or that something happened: events. */
export function eventPlan(frame: Frame): Plan {
  const { sink, roles } = frame;
  const time = timeColumn(frame);
  const end = roles.end === undefined ? undefined : new TimeColumn(roles.end); // prettier-ignore
  const rest = roles.columns.filter(
    ({ index, role }) => index !== time.index && index !== end?.index && role !== 'empty',
  );
  const row = (record: TableRecord): void => {
    const at = timeOf(record, time, sink);
    if (at === null) return;
    const until = end?.read(record.cells[end.index] ?? '') ?? null;
    const message = rest.map(({ header, index }) => `${header}: ${record.cells[index] ?? ''}`).join('; ');
    sink.event({
      time: at,
      ...(until !== null && until >= at && { duration: until - at }),
      kind: 'table.row',
      labels: {},
      message,
      line: record.line,
    });
  };
  return { layout: end === undefined ? 'events' : 'spans', row, end: () => undefined };
}
