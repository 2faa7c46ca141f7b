import { Decimal } from './decimal.js';
import { concat } from './peek.js';

/** Takes what a scanner meets, in the order of the text. */
export interface JsonHandler {
  openObject(): void;
  closeObject(): void;
  /**
   * An array begins. `true` asks for the fast way: elements of the form `[number,"number"]` may then come, many at a
   * time, as one call of `pairs` instead of the calls for their parts.
   */
  openArray(): boolean;
  closeArray(): void;
  key(name: string): void;
  string(text: string): void;
  number(value: number): void;
  literal(value: boolean | null): void;
  /**
   * Elements `[number,"number"]` that stand in one line.
   * @param first the numbers as written, exactly rounded; the array is used again, also by the handler as it likes
   * @param second the numbers in the quotes, likewise
   */
  pairs(first: Float64Array, second: Float64Array, count: number): void;
}

/** Where and why a text is not JSON. Lines and columns (in bytes) count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  /** The text was right as far as it went. */
  readonly cut: boolean;
}

const STATES = { value: 0, valueOrEnd: 1, keyOrEnd: 2, key: 3, colon: 4, after: 5, done: 6, failed: 7 } as const;
const { value: VALUE, valueOrEnd: VALUE_OR_END, keyOrEnd: KEY_OR_END, key: KEY } = STATES;
const { colon: COLON, after: AFTER, done: DONE, failed: FAILED } = STATES;

const OBJECT = 1;
const ARRAY = 2;
const PAIRS = 3;

/** Pairs handed on at once: few enough to stay in the cache of the processor. */
const AT_ONCE = 8192;
/** A pair is not longer, or goes the slow way. */
const PAIR_BYTES = 96;

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads JSON that comes in pieces of bytes (UTF-8), without building the document: memory is that of the longest string.
 * Accepts what `JSON.parse` accepts and gives the same values; with `many`, several documents one after the other
 * (JSON lines) as well.
 */
export class JsonScanner {
  readonly #handler: JsonHandler;
  readonly #many: boolean;
  #state: number = VALUE;
  #stack = new Uint8Array(64);
  #depth = 0;
  /** Bytes of a token that began in an earlier chunk. */
  #parts: Uint8Array[] = [];
  #inString = false;
  #escaped = false;
  #base = 0;
  #line = 1;
  #lineStart = 0;
  #fault: JsonFault | undefined;
  #documents = 0;
  readonly #decimal = new Decimal();
  #first = new Float64Array(0);
  #second = new Float64Array(0);

  constructor(handler: JsonHandler, options: { readonly many?: boolean } = {}) {
    this.#handler = handler;
    this.#many = options.many === true;
  }

  /** Line of the text that is being read, from 1. */
  get line(): number {
    return this.#line;
  }

  /** What ended the reading; undefined as long as all is well. */
  get fault(): JsonFault | undefined {
    return this.#fault;
  }

  /** Reads on. After a fault the rest is ignored. */
  push(chunk: Uint8Array): void {
    let i = this.#parts.length > 0 ? this.#resume(chunk) : 0;
    const end = chunk.length;
    while (i < end && this.#state !== FAILED) {
      const byte = chunk[i]!;
      if (byte === 0x2c && this.#state === AFTER) {
        this.#state = this.#stack[this.#depth - 1] === OBJECT ? KEY : VALUE;
        i += 1;
      } else if (byte === 0x20 || byte === 0x09 || byte === 0x0d) i += 1;
      else if (byte === 0x0a) {
        i += 1;
        this.#line += 1;
        this.#lineStart = this.#base + i;
      } else i = this.#token(chunk, i, byte);
    }
    this.#base += end;
  }

  /** Says that no more comes. @returns what was wrong, if anything */
  end(): JsonFault | undefined {
    if (this.#fault !== undefined) return this.#fault;
    // a number at the very end has no byte behind it that ends it
    if (this.#parts.length > 0 && !this.#inString) {
      const word = concat(this.#parts);
      this.#parts = [];
      this.#word(word, 0, word.length, this.#base - word.length);
    }
    const complete =
      this.#state === DONE || (this.#many && this.#state === VALUE && this.#depth === 0 && this.#documents > 0);
    if (this.#fault === undefined && (!complete || this.#parts.length > 0)) this.#fail(0, 'the text ends early', true);
    return this.#fault;
  }

  #fail(at: number, reason: string, cut = false): number {
    this.#state = FAILED;
    this.#parts = [];
    this.#fault ??= { line: this.#line, column: Math.max(1, this.#base + at - this.#lineStart + 1), reason, cut };
    return at;
  }

  /** Reads one token that is no white space; @returns the position behind it. */
  #token(chunk: Uint8Array, i: number, byte: number): number {
    switch (this.#state) {
      case VALUE_OR_END:
        if (byte === 0x5d) return this.#close(i);
        return this.#value(chunk, i, byte);
      case VALUE:
        return this.#value(chunk, i, byte);
      case KEY_OR_END:
        if (byte === 0x7d) return this.#close(i);
        return byte === 0x22 ? this.#string(chunk, i) : this.#fail(i, 'a key in double quotes was expected');
      case KEY:
        return byte === 0x22 ? this.#string(chunk, i) : this.#fail(i, 'a key in double quotes was expected');
      case COLON:
        if (byte !== 0x3a) return this.#fail(i, 'a colon was expected');
        this.#state = VALUE;
        return i + 1;
      case AFTER:
        return this.#after(i, byte);
      default:
        if (!this.#many) return this.#fail(i, 'nothing more was expected');
        this.#state = VALUE;
        return this.#value(chunk, i, byte);
    }
  }

  #after(i: number, byte: number): number {
    const open = this.#stack[this.#depth - 1];
    if (open === OBJECT ? byte === 0x7d : byte === 0x5d) return this.#close(i);
    return this.#fail(i, open === OBJECT ? 'a comma or } was expected' : 'a comma or ] was expected');
  }

  #close(i: number): number {
    this.#depth -= 1;
    if (this.#stack[this.#depth] === OBJECT) this.#handler.closeObject();
    else this.#handler.closeArray();
    this.#valueDone();
    return i + 1;
  }

  #valueDone(): void {
    if (this.#depth > 0) this.#state = AFTER;
    else {
      this.#state = DONE;
      this.#documents += 1;
    }
  }

  #open(kind: number): void {
    if (this.#depth === this.#stack.length) {
      const wider = new Uint8Array(this.#stack.length * 2);
      wider.set(this.#stack);
      this.#stack = wider;
    }
    this.#stack[this.#depth] = kind;
    this.#depth += 1;
  }

  #value(chunk: Uint8Array, i: number, byte: number): number {
    if (byte === 0x5b) {
      if (this.#depth > 0 && this.#stack[this.#depth - 1] === PAIRS) {
        const behind = this.#pairs(chunk, i);
        if (behind > i) return behind;
      }
      this.#open(this.#handler.openArray() ? PAIRS : ARRAY);
      this.#state = VALUE_OR_END;
      return i + 1;
    }
    if (byte === 0x22) return this.#string(chunk, i);
    if (byte === 0x7b) {
      this.#handler.openObject();
      this.#open(OBJECT);
      this.#state = KEY_OR_END;
      return i + 1;
    }
    let end = i;
    while (end < chunk.length && isWordByte(chunk[end]!)) end += 1;
    if (end === i) return this.#fail(i, 'a value was expected');
    if (end < chunk.length) return this.#word(chunk, i, end, this.#base + i);
    this.#inString = false;
    this.#parts.push(chunk.slice(i));
    return end;
  }

  /**
   * As many `[number,"number"]` as follow each other, without strings or objects. Stops before the first that is
   * written in another way or reaches the end of the chunk.
   * @returns the position behind the last pair
   */
  // eslint-disable-next-line complexity -- the innermost loop of large files: calls would cost more than branches
  #pairs(chunk: Uint8Array, from: number): number {
    const last = chunk.length - PAIR_BYTES;
    const room = Math.min(AT_ONCE, chunk.length >> 3);
    if (this.#first.length < room) {
      this.#first = new Float64Array(room);
      this.#second = new Float64Array(room);
    }
    const decimal = this.#decimal;
    const first = this.#first;
    const second = this.#second;
    let count = 0;
    let i = from;
    let behind = from;
    while (i < last && count < room) {
      // JSON allows no leading zeros; Go, which reads what is in the quotes, does
      if (chunk[i + 1] === 48 && isDigit(chunk[i + 2]!)) break;
      let p = decimal.read(chunk, i + 1);
      if (p < 0 || chunk[p] !== 0x2c || chunk[p + 1] !== 0x22) break;
      first[count] = decimal.value;
      p += 2;
      const negative = chunk[p] === 0x2d;
      p = decimal.read(chunk, negative ? p + 1 : p);
      if (p < 0 || chunk[p] !== 0x22 || chunk[p + 1] !== 0x5d) break;
      second[count] = negative ? -decimal.value : decimal.value;
      count += 1;
      behind = p + 2;
      if (chunk[behind] !== 0x2c || chunk[behind + 1] !== 0x5b) break;
      i = behind + 1;
    }
    if (count > 0) {
      this.#state = AFTER;
      this.#handler.pairs(first, second, count);
    }
    return behind;
  }

  #string(chunk: Uint8Array, i: number): number {
    const end = this.#closing(chunk, i + 1);
    if (end < 0) return chunk.length;
    if (end < chunk.length) {
      this.#stringDone(chunk.subarray(i + 1, end));
      return this.#state === FAILED ? i : end + 1;
    }
    this.#inString = true;
    this.#parts.push(chunk.slice(i + 1));
    // a part must be there even when the chunk ended right behind the quote
    return end;
  }

  /** Position of the closing quote from `i` on; the length of the chunk when it is not in there; −1 on a fault. */
  #closing(chunk: Uint8Array, i: number): number {
    let escaped = this.#escaped;
    let p = i;
    for (; p < chunk.length; p++) {
      const byte = chunk[p]!;
      if (escaped) escaped = false;
      else if (byte === 0x22) break;
      else if (byte === 0x5c) escaped = true;
      if (byte < 0x20) {
        this.#fail(p, 'a control character in a string');
        return -1;
      }
    }
    this.#escaped = p < chunk.length ? false : escaped;
    return p;
  }

  #stringDone(bytes: Uint8Array): void {
    let text: string;
    if (bytes.includes(0x5c)) {
      try {
        text = JSON.parse(`"${DECODER.decode(bytes)}"`) as string;
      } catch {
        this.#fail(0, 'a wrong escape in a string');
        return;
      }
    } else text = textOf(bytes);
    if (this.#state === KEY || this.#state === KEY_OR_END) {
      this.#handler.key(text);
      this.#state = COLON;
    } else {
      this.#handler.string(text);
      this.#valueDone();
    }
  }

  /** A number, `true`, `false` or `null`. @returns the position behind it */
  #word(bytes: Uint8Array, from: number, to: number, position: number): number {
    const start = bytes[from] === 0x2d ? from + 1 : from;
    // `01` is no number of JSON
    const plain = (bytes[start] !== 48 || !isDigit(bytes[start + 1]!)) && this.#decimal.read(bytes, start) === to;
    if (plain) this.#handler.number(start > from ? -this.#decimal.value : this.#decimal.value);
    else {
      const text = textOf(bytes.subarray(from, to));
      if (NUMBER.test(text)) this.#handler.number(Number(text));
      else if (text === 'true') this.#handler.literal(true);
      else if (text === 'false') this.#handler.literal(false);
      else if (text === 'null') this.#handler.literal(null);
      else return this.#fail(position - this.#base, `"${text.slice(0, 20)}" is no value`);
    }
    this.#valueDone();
    return to;
  }

  /** Finishes a token that began in an earlier chunk. @returns the position behind it */
  #resume(chunk: Uint8Array): number {
    let end = 0;
    if (this.#inString) end = this.#closing(chunk, 0);
    else while (end < chunk.length && isWordByte(chunk[end]!)) end += 1;
    if (end < 0) return chunk.length;
    this.#parts.push(chunk.slice(0, end));
    if (end === chunk.length) return end;
    const token = concat(this.#parts);
    this.#parts = [];
    if (this.#inString) this.#stringDone(token);
    else this.#word(token, 0, token.length, this.#base + end - token.length);
    return this.#inString ? end + 1 : end;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isWordByte(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) ||
    byte === 0x2d || byte === 0x2b || byte === 0x2e || byte > 0x7f
  ); // prettier-ignore
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > 48) return DECODER.decode(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte > 0x7f) return DECODER.decode(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}
