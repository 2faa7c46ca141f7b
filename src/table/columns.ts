import {
  chooseStyle,
  plainNumber,
  readCell,
  voteStyle,
  type Cell,
  type NumberStyle,
  type StyleVotes,
} from './numbers.js';
import type { TableRecord } from './records.js';
import { isMangledTime, readTime, voteOrder, type OrderVote } from './times.js';
import type { PrintedUnit } from './units.js';

/** What a column holds, as far as its first cells show. */
export interface Column {
  readonly index: number;
  readonly header: string;
  readonly role: 'time' | 'value' | 'text' | 'empty';
  /** Share of non-missing cells that are times. */
  readonly times: number;
  /** Share of non-missing cells that are numbers. */
  readonly numbers: number;
  /** Times written as dates, not as epoch numbers. */
  readonly dated: boolean;
  readonly mangled: number;
  readonly order: OrderVote;
  readonly style: NumberStyle;
  readonly styleAssumed: boolean;
  /** Different non-missing cells over non-missing cells. */
  readonly variety: number;
  /** Unit that most cells carry. */
  readonly unit?: PrintedUnit;
  /** Cells with units of different dimensions, as printed. */
  readonly mixed?: string;
  /** Rounding half-step of the printed numbers after their own units; 0 when exact. */
  readonly rounding: number;
  /** First non-missing cells. */
  readonly cells: readonly string[];
}

const LOOK = 500;
const TIME_NAME =
  /^[@_"']?(?:time|timestamp|time_?stamp|ts|date|date_?time|unix_?(?:time|timestamp)|epoch(?:[ _]?(?:s|ms|seconds|millis))?|clock|time ?\(.{1,8}\)|时间|日期|时刻)$/i;
const END_NAME = /(?:^|[^a-z])(?:end|stop|finish|until|to)|end(?:ed|time)|结束/i;

/** Whether a header is a usual name of a time column. */
export function isTimeName(header: string): boolean {
  return TIME_NAME.test(header.trim());
}

/** Whether a header is the usual name of the end of a span. */
export function isEndName(header: string): boolean {
  return END_NAME.test(header.slice(0, 100));
}

/** The columns of a frame, judged by up to 500 rows (dates by all rows given). */
export function judgeColumns(header: readonly string[], rows: readonly TableRecord[], delimiter: string): Column[] {
  const sample = rows.slice(0, LOOK);
  const cells = header.map((_, index) => {
    const present: string[] = [];
    for (const row of sample) {
      const cell = row.cells[index];
      if (cell !== undefined && cell.trim() !== '') present.push(cell);
    }
    return present;
  });
  const votes = cells.map((column) => voteStyle(column));
  const all: StyleVotes = { point: 0, comma: 0, either: 0 };
  votes.forEach((own, i) => {
    // dots and commas of dates prove nothing
    if (cells[i]!.some((cell) => readTime(cell, 'dmy') !== null)) return;
    all.point += own.point;
    all.comma += own.comma;
  });
  return header.map((name, index) => judge(name, index, cells[index]!, { own: votes[index]!, all, delimiter, rows }));
}

const UNDATED: OrderVote = { orders: {} };

interface Context {
  readonly own: StyleVotes;
  readonly all: StyleVotes;
  readonly delimiter: string;
  readonly rows: readonly TableRecord[];
}

function judge(header: string, index: number, cells: readonly string[], context: Context): Column {
  const { style, assumed } = chooseStyle(context.own, context.all, context.delimiter);
  const read = cells.map((cell) => readCell(cell, style));
  const present = read.filter((cell) => cell.kind !== 'missing').length;
  const numeric = read.filter((cell) => cell.kind === 'number');
  const slashed = cells.some((cell) => /^\d{1,2}[-/.]/.test(cell.trim()));
  const order = slashed ? voteOrder(context.rows.map((row) => row.cells[index] ?? '')) : UNDATED;
  const stated = cells.map((cell) => readTime(cell, order.orders)).filter((time) => time !== null);
  const mangled = cells.filter(isMangledTime).length;
  const base = {
    index,
    header,
    times: present === 0 ? 0 : stated.length / present,
    numbers: present === 0 ? 0 : numeric.length / present,
    dated: stated.some((time) => time.kind !== 'epoch'),
    mangled: present === 0 ? 0 : mangled / present,
    order,
    style,
    styleAssumed: assumed,
    variety: present === 0 ? 0 : new Set(cells).size / present,
    cells: cells.slice(0, 50),
    ...precision(numeric),
  };
  return { ...base, role: roleOf(base, present) };
}

function roleOf(column: Omit<Column, 'role'>, present: number): Column['role'] {
  if (present === 0) return isTimeName(column.header) ? 'time' : 'empty';
  if (column.dated && column.times > 0.5) return 'time';
  if (isTimeName(column.header) && (column.times > 0.5 || column.mangled + column.times > 0.5)) return 'time';
  return column.numbers >= 0.5 ? 'value' : 'text';
}

type NumberCell = Extract<Cell, { kind: 'number' }>;

/** Unit and rounding of a column of numbers. */
function precision(numbers: readonly NumberCell[]): {
  readonly rounding: number;
  readonly unit?: PrintedUnit;
  readonly mixed?: string;
} {
  const units = new Map<string, { unit: PrintedUnit; count: number }>();
  for (const { unit } of numbers) {
    if (unit?.unit === undefined) continue;
    const entry = units.get(unit.unit) ?? { unit, count: 0 };
    entry.count++;
    units.set(unit.unit, entry);
  }
  const ranked = [...units.values()].sort((a, b) => b.count - a.count);
  const scaled = numbers.some(({ unit }) => unit !== undefined);
  const rounding = roundingOf(numbers, scaled);
  const best = ranked[0];
  if (best === undefined) return { rounding };
  const bare = numbers.filter(({ unit, value }) => unit?.unit === undefined && value !== 0).length;
  if (ranked.length === 1 && bare === 0) return { rounding, unit: best.unit };
  const texts = [...new Set(numbers.map(({ unit }) => unit?.text ?? '(none)'))];
  return { rounding, mixed: texts.slice(0, 5).join(', ') };
}

/** Half of the last printed digit, where the numbers were printed for people: a unit, or few digits. */
function roundingOf(numbers: readonly NumberCell[], scaled: boolean): number {
  const steps = numbers.map(({ step }) => step).filter((step) => step > 0);
  if (steps.length === 0) return 0;
  if (scaled) return steps.reduce((a, b) => Math.max(a, b)) / 2;
  const finest = steps.reduce((a, b) => Math.min(a, b));
  // integers are exact, and a double printed in full has no rounding to speak of
  if (finest >= 1 || finest < 1e-7) return 0;
  if (!fewerWhenLarger(numbers)) return finest / 2;
  return numbers.reduce((most, { step }) => (step < 1 ? Math.max(most, step) : most), finest) / 2;
}

/**
 * Whether numbers were printed to a number of significant digits (`31.1`, `1.66`, `0.812`): the larger they are, the fewer
 * decimals. Printed to a number of decimals, small and large ones have the same.
 */
function fewerWhenLarger(numbers: readonly NumberCell[]): boolean {
  const decimals = new Map<number, number>();
  for (const { value, step } of numbers) {
    if (value === 0 || step >= 1) continue;
    const size = Math.floor(Math.log10(Math.abs(value)));
    decimals.set(size, Math.max(decimals.get(size) ?? 0, -Math.log10(step)));
  }
  const sums = [...decimals].map(([size, count]) => Math.round(size + count));
  return sums.length > 1 && sums.every((sum) => sum === sums[0]);
}

/** Whether a cell is a number under the plain style or the column's own. */
export function numberOf(text: string, style: NumberStyle): Cell {
  const plain = style.decimal === '.' ? plainNumber(text) : NaN;
  return Number.isNaN(plain) ? readCell(text, style) : { kind: 'number', value: plain, step: 0 };
}
