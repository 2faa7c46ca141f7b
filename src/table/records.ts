import { parse } from 'csv-parse/browser/esm/sync';
import type { Dialect } from './dialect.js';

/** One record of a delimited text. A blank line is a record without cells: it separates frames. */
export interface TableRecord {
  readonly cells: readonly string[];
  /** 1-based physical line on which it begins. */
  readonly line: number;
}

const BLOCK_CHARS = 1 << 17;
const MAX_RECORD_LINES = 1000;
const MAX_RECORD_CHARS = 1 << 20;

/**
 * Records of a delimited text, in blocks, from its lines. Cells in quotes may run over lines; a quote that is never
 * closed costs its own line only: `unclosed` is told once, and from there on no record runs over lines.
 * A line without a quote is its own record and is split where the delimiter stands; csv-parse reads the others.
 */
export async function* readRecords(
  lines: AsyncIterable<string>,
  dialect: Dialect,
  unclosed: (line: number) => void,
): AsyncGenerator<readonly TableRecord[]> {
  const joiner = new Joiner(dialect, unclosed);
  for await (const line of lines) {
    joiner.take(line);
    if (joiner.chars > BLOCK_CHARS) yield joiner.drain();
  }
  joiner.end();
  yield joiner.drain();
}

class Joiner {
  readonly #delimiter: string;
  readonly #unclosed: (line: number) => void;
  #skip: number;
  #line = 0;
  #records: TableRecord[] = [];
  /** Physical lines of a record whose quote is still open. */
  #open: string[] = [];
  #openChars = 0;
  #multiline = true;
  chars = 0;

  constructor(dialect: Dialect, unclosed: (line: number) => void) {
    this.#delimiter = dialect.delimiter;
    this.#skip = dialect.skip;
    this.#unclosed = unclosed;
  }

  take(line: string): void {
    this.#line++;
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    this.chars += line.length + 8;
    const odd = oddQuotes(line);
    if (this.#open.length === 0) {
      if (odd && this.#multiline) this.#begin(line);
      else this.#emit(line, this.#line);
      return;
    }
    this.#open.push(line);
    this.#openChars += line.length;
    if (odd) {
      this.#emit(this.#open.join('\n'), this.#line - this.#open.length + 1);
      this.#open = [];
    } else if (this.#open.length > MAX_RECORD_LINES || this.#openChars > MAX_RECORD_CHARS) this.#giveUp();
  }

  end(): void {
    if (this.#open.length > 0) this.#giveUp();
  }

  drain(): readonly TableRecord[] {
    const records = this.#records;
    this.#records = [];
    this.chars = 0;
    return records;
  }

  #begin(line: string): void {
    this.#open = [line];
    this.#openChars = line.length;
  }

  #giveUp(): void {
    const first = this.#line - this.#open.length + 1;
    this.#unclosed(first);
    this.#multiline = false;
    this.#open.forEach((line, i) => this.#emit(line, first + i));
    this.#open = [];
  }

  #emit(text: string, line: number): void {
    this.#records.push({ cells: splitRecord(text, this.#delimiter), line });
  }
}

/** Cells of one record; none for a blank line. Stray quotes stay in the text. */
export function splitRecord(text: string, delimiter: string): readonly string[] {
  if (text === '' || text.trim() === '') return [];
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const rows = parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: '\u0000\n',
      skip_empty_lines: false,
    });
    return rows[0] ?? [];
  } catch {
    return text.split(delimiter);
  }
}

function oddQuotes(line: string): boolean {
  let odd = false;
  for (let i = line.indexOf('"'); i >= 0; i = line.indexOf('"', i + 1)) odd = !odd;
  return odd;
}
