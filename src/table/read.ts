import type { Sink } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import { readEpoch, readTime } from './times.js';
import type { Column } from './columns.js';
import { detectDialect, type Dialect } from './dialect.js';
import { frameHead, isData, rolesOf, type Roles } from './frame.js';
import { eventPlan, longPlan, widePlan, type Frame, type Plan } from './plan.js';
import { readRecords, type TableRecord } from './records.js';

/** Rows by which a frame is judged before its first sample is kept. */
const SAMPLE_ROWS = 20_000;
const SAMPLE_CHARS = 4 << 20;

/**
 * Reads a delimited text into the sink: every frame of it (frames are separated by blank lines and begin with a header),
 * wide, long or as events, as its cells show.
 */
export async function readTable(file: DumpFile, sink: Sink): Promise<void> {
  const dialect = detectDialect(file.head.lines.slice(0, file.head.complete ? undefined : -1));
  if (dialect.rival !== undefined)
    sink.problem('DELIMITER_ASSUMED', { chosen: dialect.delimiter, rival: dialect.rival });
  const reader = new TableReader(sink, dialect);
  const unclosed = (line: number): void => sink.problem('UNCLOSED_QUOTE', { line }, line);
  for await (const records of readRecords(file.lines(), dialect, unclosed)) for (const one of records) reader.take(one);
  reader.end();
}

class TableReader {
  readonly #sink: Sink;
  readonly #dialect: Dialect;
  #pending: TableRecord[] = [];
  #chars = 0;
  #plan: Plan | undefined;
  #blank = false;
  readonly #layouts = new Set<string>();
  #frames = 0;
  #rows = 0;
  /** Cells a row of the frame should have; 0 where rows are left out. */
  #width = 0;

  constructor(sink: Sink, dialect: Dialect) {
    this.#sink = sink;
    this.#dialect = dialect;
  }

  take(record: TableRecord): void {
    if (record.cells.length === 0) {
      this.#blank = true;
      return;
    }
    const fresh = this.#blank && !isData(record.cells);
    this.#blank = false;
    if (fresh && (this.#plan !== undefined || this.#pending.length > 1)) this.#finish();
    if (this.#plan !== undefined) {
      this.#row(record, this.#plan);
      return;
    }
    this.#pending.push(record);
    for (const cell of record.cells) this.#chars += cell.length + 8;
    if (this.#pending.length >= SAMPLE_ROWS || this.#chars >= SAMPLE_CHARS) this.#begin();
  }

  end(): void {
    this.#finish();
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    const frames = this.#frames > 1 ? `, ${this.#frames} frames` : '';
    if (this.#layouts.size > 0) this.#sink.format(`${[...this.#layouts].join(' and ')}${frames}`);
  }

  #finish(): void {
    if (this.#plan === undefined && this.#pending.length > 0) this.#begin();
    this.#plan?.end();
    this.#plan = undefined;
  }

  #begin(): void {
    const records = this.#pending;
    this.#pending = [];
    this.#chars = 0;
    const head = frameHead(records);
    const rows = records.slice(head.skip);
    const roles = rolesOf(head, rows, this.#dialect.delimiter);
    const frame: Frame = { sink: this.#sink, head, roles, rows, delimiter: this.#dialect.delimiter };
    this.#plan = rows.length === 0 ? IGNORED : planOf(frame);
    this.#frames++;
    if (this.#plan !== IGNORED) this.#layouts.add(this.#plan.layout);
    this.#width = this.#plan === IGNORED ? 0 : head.header.length;
    for (const row of rows) this.#row(row, this.#plan);
  }

  #row(record: TableRecord, plan: Plan): void {
    this.#rows++;
    const { cells, line } = record;
    if (this.#width > 0 && cells.length !== this.#width && !evened(cells, this.#width))
      this.#sink.problem('COLUMNS_DIFFER', { expected: this.#width, found: cells.length }, line);
    plan.row(record);
    // cells are numbers, missing, or reported
    this.#sink.passed(line);
  }
}

/** Whether a row only has empty cells too many. */
function evened(cells: readonly string[], width: number): boolean {
  return cells.length > width && cells.slice(width).every((cell) => cell.trim() === '');
}

const IGNORED: Plan = { layout: 'ignored', row: () => undefined, end: () => undefined };

function planOf(frame: Frame): Plan {
  const { roles, sink, head, rows } = frame;
  if (roles.time === undefined) {
    sink.problem('NO_TIME_COLUMN', { columns: head.header.join(', ') });
    return IGNORED;
  }
  if (roles.end !== undefined) return eventPlan(frame);
  for (const { mixed, header, style, styleAssumed, cells, role } of roles.columns) {
    if (role !== 'value') continue;
    if (mixed !== undefined) sink.problem('MIXED_UNITS', { column: header, units: mixed });
    if (styleAssumed) sink.problem('DECIMAL_ASSUMED', { column: header, found: cells[0] ?? '', mark: style.decimal });
  }
  const repeats = repeatedTimes(roles, rows);
  const { values, texts } = pickColumns(roles, repeats, sink);
  if (values.length === 0) return texts.length > 0 ? eventPlan(frame) : widePlan(frame, values);
  if (texts.length > 0) return longPlan(frame, values, texts);
  if (repeats === 1 && rows.length > 2) return lostPlan(frame, values);
  return widePlan(frame, values);
}

/** Share of rows whose time an earlier row has too. */
function repeatedTimes(roles: Roles, rows: readonly TableRecord[]): number {
  const times = new Set<string>();
  const sample = rows.slice(0, 2000);
  for (const { cells } of sample) times.add(cells[roles.time!.index] ?? '');
  return sample.length < 2 ? 0 : (sample.length - times.size) / (sample.length - 1);
}

/** Which columns are numbers and which tell series apart. */
function pickColumns(roles: Roles, repeats: number, sink: Sink): { values: Column[]; texts: Column[] } {
  const rest = roles.columns.filter(
    (column) => column !== roles.time && column.role !== 'empty' && !restatesTime(column),
  );
  const numeric = rest.filter(({ role }) => role === 'value');
  const texts = rest.filter(({ role }) => role === 'text');
  const valued = numeric.filter(({ header }) => /^_?(?:value|val|数值|值)$/i.test(header.trim()));
  // prometheus-like tables: beside a column `value` everything else is a label
  if (repeats > 0.2 && valued.length === 1 && numeric.length > 1 && texts.length > 0)
    return { values: valued, texts: rest.filter((column) => column !== valued[0]) };
  const values = numeric.filter((column) => {
    if (!isIdentifier(column)) return true;
    sink.problem('COLUMN_IGNORED', { column: column.header, reason: 'identifiers' });
    return false;
  });
  const telling = texts.filter((column) => {
    if (values.length === 0 || repeats > 0.2 || column.variety <= 0.5) return true;
    sink.problem('COLUMN_IGNORED', { column: column.header, reason: 'free text' });
    return false;
  });
  return { values, texts: telling };
}

/** A second column of times: epoch numbers beside a date. */
function restatesTime(column: Column): boolean {
  return column.role === 'time' || (column.times > 0.95 && column.cells.every((cell) => readEpoch(cell.trim()) !== null) && /time|ts|date/i.test(column.header)); // prettier-ignore
}

function isIdentifier({ header, cells }: Column): boolean {
  return /(?:^|[ _-])(?:id|uuid|no\.?)$|[a-z]Id$|^[a-z]*id$/i.test(header.trim()) && cells.every((cell) => /^\d{1,20}$/.test(cell.trim())); // prettier-ignore
}

/** Values of one instant without labels: kept apart by their row, never drawn as a course of time. */
function lostPlan(frame: Frame, values: readonly Column[]): Plan {
  frame.sink.problem('LABELS_LOST', { rows: frame.rows.length });
  const row: Column = { ...frame.roles.time!, index: -1, header: 'row', role: 'text' };
  const plan = longPlan(frame, values, [row]);
  let count = 0;
  return {
    ...plan,
    layout: 'instant',
    row: ({ cells, line }) => {
      const copy = Object.assign([...cells], { '-1': String(++count) });
      plan.row({ cells: copy, line });
    },
  };
}

/** What the beginning of a file shows, for recognition; null when it is no table with times. */
export interface TableLook {
  readonly dialect: Dialect;
  readonly header: readonly string[];
  readonly stated: boolean;
  readonly roles: Roles;
  /** Rows of data seen. */
  readonly rows: number;
  /** Share of rows with as many cells as the header. */
  readonly even: number;
  /** Share of rows whose time column is a time. */
  readonly timed: number;
}

/** A look at the first lines: dialect, header, roles of the columns. */
export function lookAtTable(
  lines: readonly string[],
  split: (text: string, delimiter: string) => readonly string[],
): TableLook | null {
  const first = lines.find((line) => line.trim() !== '')?.trimStart() ?? '';
  if (first === '' || first.startsWith('{') || first.startsWith('[{') || first.startsWith('<')) return null;
  const dialect = detectDialect(lines);
  const records = lines
    .slice(dialect.skip, dialect.skip + 60)
    .map((text, i) => ({ cells: split(text, dialect.delimiter), line: i + 1 }));
  const blank = records.findIndex(({ cells }, i) => i > 0 && cells.length === 0);
  const block = (blank < 0 ? records : records.slice(0, blank)).filter(({ cells }) => cells.length > 0);
  if (block.length === 0) return null;
  const head = frameHead(block);
  const rows = block.slice(head.skip);
  const roles = rolesOf(head, rows, dialect.delimiter);
  const even = rows.filter(({ cells }) => cells.length === head.header.length).length / Math.max(1, rows.length);
  const index = roles.time?.index ?? -1;
  const orders = roles.time?.order.orders ?? null;
  const timed = rows.filter(({ cells }) => readTime(cells[index] ?? '', orders) !== null || roles.relative !== undefined).length / Math.max(1, rows.length); // prettier-ignore
  return { dialect, header: head.header, stated: dialect.skip > 0, roles, rows: rows.length, even, timed };
}
