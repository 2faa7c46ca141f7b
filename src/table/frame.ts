import { judgeColumns, type Column, isTimeName, isEndName } from './columns.js';
import type { TableRecord } from './records.js';
import { readTime } from './times.js';
import { printedUnit, type PrintedUnit } from './units.js';

/** Header of a frame and where its data begin. */
export interface FrameHead {
  readonly header: readonly string[];
  /** Records of the frame before the first row of data. */
  readonly skip: number;
  /** Labels per column from the upper rows of a header of several rows. */
  readonly levels: readonly (readonly (readonly [string, string])[])[];
  /** Units of a row below the header. */
  readonly units: readonly (PrintedUnit | undefined)[];
  /** `StartTime` of a histogram log and its like, epoch ms, from comments. */
  readonly start?: number;
}

const MAX_HEADER_ROWS = 8;

/** Whether a record can only be data: it has a time in it, or nothing but numbers. */
export function isData(cells: readonly string[]): boolean {
  let numbers = 0;
  let texts = 0;
  for (const cell of cells) {
    if (cell.trim() === '') continue;
    if (readTime(cell, 'dmy') !== null || readTime(cell, 'mdy') !== null) return true;
    if (Number.isFinite(Number(cell.replace(',', '.')))) numbers++;
    else texts++;
  }
  return numbers > 0 && texts === 0;
}

/** Splits the first records of a frame into header and data. */
export function frameHead(records: readonly TableRecord[]): FrameHead {
  const comments: TableRecord[] = [];
  let at = 0;
  while (at < records.length && /^\uFEFF?#/.test(records[at]!.cells[0] ?? '')) comments.push(records[at++]!);
  const start = startOf(comments);
  const head = headBelow(comments, records, at);
  return start === undefined ? head : { ...head, start };
}

function headBelow(comments: readonly TableRecord[], records: readonly TableRecord[], at: number): FrameHead {
  const grafana = comments.find(({ cells }) => cells[0]!.startsWith('#name#'));
  if (grafana !== undefined)
    return { ...plain(grafana.cells.map((cell) => cell.replace(/^#name#/, '')), at), units: grafanaUnits(comments) }; // prettier-ignore
  const rows = records.slice(at, at + MAX_HEADER_ROWS);
  const data = rows.findIndex(({ cells }) => isData(cells));
  const commented = comments.findLast(({ cells }) => cells.length > 1 && cells.length === rows[0]?.cells.length);
  if (commented !== undefined && (data === 0 || rows[0]!.cells[0]!.startsWith('Tag=')))
    return commentHead(commented.cells, comments, at);
  if (data === 0) {
    const numbered = rows[0]!.cells.map((_, i) => `column ${i + 1}`);
    return plain(numbered, at);
  }
  return headRows(rows, data, at);
}

/** A header of one row, of a row and its units, or of several levels. */
function headRows(rows: readonly TableRecord[], data: number, at: number): FrameHead {
  const header = rows[0]?.cells ?? [];
  const upper = data < 0 ? [] : rows.slice(0, data).map(({ cells }) => cells);
  const full = upper.filter((cells) => cells.filter((cell) => cell.trim() !== '').length > 1);
  if (full.length >= 2 && full.length >= upper.length - 1) {
    const units = full[1]!.map((cell) => printedUnit(cell.trim()));
    if (full.length === 2 && full[1]!.every((cell, i) => cell.trim() === '' || units[i] !== undefined))
      return { ...plain(header, at + 2), units };
    return levelled(full, at + data);
  }
  return plain(header, at + 1);
}

/** A header inside a comment, as histogram logs have it: `#Tag,Interval_Start,…,p99,max`, latencies in a stated unit. */
function commentHead(cells: readonly string[], comments: readonly TableRecord[], skip: number): FrameHead {
  const header = cells.map((cell, i) => (i === 0 ? cell.replace(/^#+ ?/, '') : cell));
  const text = comments.map((comment) => comment.cells.join(',').slice(0, 300)).join('\n');
  const word = /TimeUnit: (NANO|MICRO|MILLI)?SECONDS/.exec(text);
  if (word === null) return plain(header, skip);
  const unit = printedUnit(word[1] === undefined ? 's' : { NANO: 'ns', MICRO: 'us', MILLI: 'ms' }[word[1]]!);
  return {
    ...plain(header, skip),
    units: header.map((name) => (/^(?:min|max|mean|p\d{2,5})$/.test(name) ? unit : undefined)),
  };
}

function plain(header: readonly string[], skip: number): FrameHead {
  return { header: header.map((cell) => cell.replace(/^\uFEFF/, '')), skip, levels: [], units: [] };
}

/** A header of several rows, as data frames write it: each row names its level in the first cell. */
function levelled(rows: readonly (readonly string[])[], skip: number): FrameHead {
  const names = rows.map((row) => row[0]!.trim());
  const named = names.findIndex((name) => /^(?:metric|name|__name__|signal|field)$/i.test(name));
  const naming = named < 0 ? rows.length - 1 : named;
  const header = rows[naming]!.map((cell, i) => (i === 0 ? 'time' : cell));
  const levels = header.map((_, column) =>
    rows.flatMap((row, i) => {
      const value = row[column] ?? '';
      return i === naming || column === 0 || value === '' ? [] : [[names[i] || `level ${i + 1}`, value] as const];
    }),
  );
  return { header, skip, levels, units: [] };
}

function grafanaUnits(comments: readonly TableRecord[]): (PrintedUnit | undefined)[] {
  const row = comments.find(({ cells }) => cells[0]!.startsWith('#unit#'))?.cells ?? [];
  return row.map((cell) => printedUnit(cell.replace(/^#unit#/, '').trim()));
}

function startOf(comments: readonly TableRecord[]): number | undefined {
  for (const { cells } of comments) {
    const match = /StartTime: (\d{9,10}(?:\.\d{1,9})?) \(seconds since epoch\)/.exec(cells.join(',').slice(0, 300));
    if (match !== null) return Number(match[1]) * 1000;
  }
  return undefined;
}

/** Which column holds what. */
export interface Roles {
  readonly columns: readonly Column[];
  readonly time: Column | undefined;
  /** End of a span that begins at `time`. */
  readonly end: Column | undefined;
  /** Times count from an unknown start; factor to ms. */
  readonly relative: number | undefined;
}

const RELATIVE =
  /^(?:t|time|elapsed|elapsed.?time|seconds?|secs?|offset|x|step|index|i|no\.?|interval_start|uptime|秒)$/i;

/** The columns of a frame and their roles. */
export function rolesOf(head: FrameHead, rows: readonly TableRecord[], delimiter: string): Roles {
  const columns = judgeColumns(head.header, rows, delimiter);
  const dated = columns.filter(({ role, dated: textual }) => role === 'time' && textual);
  const end = dated.length > 1 ? dated.find(({ header }) => isEndName(header)) : undefined;
  const begin = end === undefined ? undefined : dated.find((column) => column !== end && isStartName(column.header));
  const named = columns.find(({ role, header, times }) => role === 'time' && isTimeName(header) && times > 0);
  const epoch = columns.find((column) => column.role !== 'text' && column.times > 0.95 && ordered(column.cells));
  const mangled = columns.find(({ role }) => role === 'time');
  const time = begin ?? named ?? dated[0] ?? epoch;
  if (time !== undefined) return { columns, time, end: begin === undefined ? undefined : end, relative: undefined };
  const counted = columns.find((column) => {
    const unit = relativeUnit(column.header);
    return unit !== undefined && column.numbers > 0.95 && ordered(column.cells) && column.role !== 'text';
  });
  if (counted !== undefined) return { columns, time: counted, end: undefined, relative: relativeUnit(counted.header)! };
  return { columns, time: mangled, end: undefined, relative: undefined };
}

function isStartName(header: string): boolean {
  return /start|begin|from|开始/i.test(header.slice(0, 100));
}

/** Milliseconds per unit of a column of relative times, by its header; undefined when it is not called so. */
function relativeUnit(header: string): number | undefined {
  const match = /^(.{1,40}?)(?:[ _]?[([]?(ms|s|us|µs|ns|min|seconds|milliseconds)[)\]]?)?$/i.exec(header.trim());
  if (match === null || !RELATIVE.test(match[1]!.trim())) return RELATIVE.test(header.trim()) ? 1000 : undefined;
  const unit = match[2] === undefined ? undefined : printedUnit(match[2].toLowerCase());
  return (unit?.factor ?? 1) * 1000;
}

function ordered(cells: readonly string[]): boolean {
  let up = 0;
  let down = 0;
  let last = NaN;
  for (const cell of cells) {
    const value = Number(cell.replace(',', '.'));
    if (value > last) up++;
    else if (value < last) down++;
    last = value;
  }
  return up === 0 || down === 0;
}
