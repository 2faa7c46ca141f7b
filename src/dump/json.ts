import type { DumpFile } from '../types/dump.js';
import type { Sink } from '../importers/importer.js';

/** Deepest nesting that is read; real exports stay below 60. */
const MAX_DEPTH = 512;
/** Longest single JSON document that is held as text. */
const MAX_CHARACTERS = 256 * 1024 * 1024;
/** Integers of this many digits or more may be beyond 2^53 and come out as strings. */
const MAX_EXACT_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One top-level value of a JSON text. */
export interface JsonDocument {
  readonly value: unknown;
  /** 1-based line where the value begins. */
  readonly line: number;
}

/**
 * Reads JSON text piece by piece: nesting, strings and over-long integers are tracked in one linear pass, so that the
 * end of each top-level value is known without parsing it.
 */
export class JsonScanner {
  /** Nesting after the last piece. */
  depth = 0;
  /** Nesting went beyond what is read. */
  tooDeep = false;
  /** A top-level value has begun. */
  begun = false;
  readonly #parts: string[] = [];
  #length = 0;
  #inString = false;
  #escaped = false;
  #bigs: number[] = [];

  get length(): number {
    return this.#length;
  }

  /**
   * Takes text up to the end of the current top-level value.
   * @returns index behind that value, or -1 when the whole piece was taken and the value goes on
   */
  feed(piece: string, from = 0): number {
    const end = this.#scan(piece, from);
    const stop = end < 0 ? piece.length : end;
    this.#parts.push(from === 0 && stop === piece.length ? piece : piece.slice(from, stop));
    this.#length += stop - from;
    return end;
  }

  #scan(piece: string, from: number): number {
    let i = from;
    while (i < piece.length) {
      const code = piece.charCodeAt(i);
      if (this.#inString) {
        i = this.#skipString(piece, i);
        continue;
      }
      if (code === QUOTE) {
        this.#inString = true;
        this.begun = true;
      } else if (code === 0x7b || code === 0x5b) {
        this.begun = true;
        if (++this.depth > MAX_DEPTH) this.tooDeep = true;
      } else if (code === 0x7d || code === 0x5d) {
        if (--this.depth <= 0) return i + 1;
      } else if (code >= 0x30 && code <= 0x39) {
        this.begun = true;
        const end = digitsEnd(piece, i);
        if (isBig(piece, i, end)) this.#bigs.push(this.#length + i - from, this.#length + end - from);
        i = end;
        continue;
      }
      i++;
    }
    return -1;
  }

  #skipString(piece: string, from: number): number {
    for (let i = from; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) {
        this.#inString = false;
        return i + 1;
      }
    }
    return piece.length;
  }

  /** The text taken, with integers that a double cannot hold turned into strings (sign included). */
  text(): string {
    const text = this.#parts.join('');
    if (this.#bigs.length === 0) return text;
    const out: string[] = [];
    let done = 0;
    for (let i = 0; i < this.#bigs.length; i += 2) {
      let start = this.#bigs[i]!;
      if (text[start - 1] === '-') start--;
      out.push(text.slice(done, start), '"', text.slice(start, this.#bigs[i + 1]), '"');
      done = this.#bigs[i + 1]!;
    }
    out.push(text.slice(done));
    return out.join('');
  }
}

function digitsEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length && text.charCodeAt(i) >= 0x30 && text.charCodeAt(i) <= 0x39) i++;
  return i;
}

function isBig(text: string, from: number, end: number): boolean {
  if (end - from <= MAX_EXACT_DIGITS) return false;
  const before = text[from - 1];
  const after = text[end];
  if (before === '.' || after === '.' || after === 'e' || after === 'E' || before === 'e' || before === 'E')
    return false;
  return !(before === '+' || (before === '-' && (text[from - 2] === 'e' || text[from - 2] === 'E')));
}

/** What became of a text: its value, or why there is none. */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown; readonly repaired: boolean }
  | { readonly ok: false; readonly reason: 'syntax' | 'depth' };

/**
 * The value of a JSON text. Integers of 16 digits or more come out as strings, so that nanoseconds keep every digit;
 * nesting beyond 512 is refused instead of exhausting the stack; a text that ends early is closed behind its last
 * complete element (`repaired`).
 */
export function parseJson(text: string): JsonResult {
  const scanner = new JsonScanner();
  const end = scanner.feed(text);
  if (scanner.tooDeep) return { ok: false, reason: 'depth' };
  const exact = end < 0 ? scanner.text() : scanner.text() + text.slice(end);
  try {
    return { ok: true, value: JSON.parse(exact) as unknown, repaired: false };
  } catch {
    if (end >= 0 || scanner.depth === 0) return { ok: false, reason: 'syntax' };
  }
  const closed = closeEarlyEnd(exact);
  if (closed === undefined) return { ok: false, reason: 'syntax' };
  try {
    return { ok: true, value: JSON.parse(closed) as unknown, repaired: true };
  } catch {
    return { ok: false, reason: 'syntax' };
  }
}

/** The text cut behind its last complete element, with the open brackets closed; undefined when nothing is complete. */
function closeEarlyEnd(text: string): string | undefined {
  const open: string[] = [];
  let cut = -1;
  let closers = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      i = stringEnd(text, i);
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      if (open.length > MAX_DEPTH) return undefined;
      cut = i + 1;
      closers = open.toReversed().join('');
    } else if (char === '}' || char === ']') {
      open.pop();
      cut = i + 1;
      closers = open.toReversed().join('');
    } else if (char === ',') {
      cut = i;
      closers = open.toReversed().join('');
    }
  }
  return cut < 0 ? undefined : text.slice(0, cut) + closers;
}

function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text.charCodeAt(i) === BACKSLASH) i++;
    else if (text.charCodeAt(i) === QUOTE) return i;
  }
  return text.length;
}

/**
 * The top-level values of a file, one after another: a single pretty-printed document, JSON lines, or several
 * documents in a row. Holds one value at a time. What cannot be read is reported to the sink with its line:
 * `BAD_JSON`, `JSON_TOO_DEEP`, `TOO_LARGE`, `TRUNCATED`.
 */
export async function* jsonDocuments(file: DumpFile, sink: Sink): AsyncGenerator<JsonDocument> {
  let scanner = new JsonScanner();
  let line = 0;
  let first = 1;
  let dead = false;
  for await (const text of file.lines()) {
    line++;
    if (dead) continue;
    let from = 0;
    while (from >= 0 && from < text.length) {
      if (!scanner.begun) {
        from = valueStart(text, from);
        if (from < 0) break;
        first = line;
      }
      from = scanner.feed(text, from);
      if (from >= 0 || scanner.tooDeep) {
        if (scanner.tooDeep) {
          sink.problem('JSON_TOO_DEEP', { depth: MAX_DEPTH }, line);
          dead = true;
          break;
        }
        yield* finished(scanner, first, sink);
        scanner = new JsonScanner();
      }
    }
    if (scanner.begun && from < 0) scanner.feed('\n');
    if (scanner.length > MAX_CHARACTERS) {
      sink.problem('TOO_LARGE', { limit: MAX_CHARACTERS / 1048576 }, first);
      dead = true;
    }
  }
  if (!dead && scanner.begun) yield* finished(scanner, first, sink);
}

/** Where the next object or array begins; text between values (prompts, `event: ` prefixes) is passed over. */
function valueStart(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === '{' || text[i] === '[') return i;
  return -1;
}

function* finished(scanner: JsonScanner, line: number, sink: Sink): Generator<JsonDocument> {
  const result = parseJson(scanner.text());
  if (!result.ok) {
    sink.problem('BAD_JSON', { reason: result.reason }, line);
    return;
  }
  if (result.repaired) sink.problem('TRUNCATED', { kept: 'everything before the cut' }, line);
  yield { value: result.value, line };
}

/** A JSON object as a record that may be indexed by names of ours; undefined for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Own property of a JSON object; undefined for other values and for inherited names. */
export function get(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** An array, or an empty one for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Text of a JSON string or number; undefined for anything else. */
export function str(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** Number of a JSON number or a numeric string; NaN for anything else. */
export function num(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
