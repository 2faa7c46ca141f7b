import type { Labels } from '../types/series.js';

/** One sample line of the Prometheus text formats. */
export interface ExpositionSample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
  /** Timestamp as written; '' when absent. */
  readonly stamp: string;
  readonly exemplar: boolean;
}

/** What a parser could not accept. */
export class Fault {
  readonly expected: string;
  readonly found: string;
  constructor(expected: string, found: string) {
    this.expected = expected;
    this.found = found;
  }
}

const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const EQUALS = 61;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** Whether a character may stand in a metric name (`:` included) or, without `:`, in a label name. */
function isNameCode(code: number, first: boolean): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58) return true;
  return !first && code >= 48 && code <= 57;
}

/** A set of labels in braces as read from `from` on (just behind `{`): ends behind `}`. */
export interface LabelSet {
  readonly labels: Record<string, string>;
  /** The name inside the braces: `{"my.metric", …}` or `{__name__="x"}`; '' when there is none. */
  readonly name: string;
  readonly end: number;
}

/** Reads `a="b",c="d"}`; also quoted names and a quoted metric name in first place (UTF-8 names). */
export function parseLabelSet(line: string, from: number): LabelSet | Fault {
  const labels = Object.create(null) as Record<string, string>;
  let name = '';
  let i = skip(line, from);
  for (let first = true; ; first = false) {
    if (line.charCodeAt(i) === CLOSE) return { labels, name, end: i + 1 };
    if (i >= line.length) return new Fault('"}" at the end of the labels', line.slice(from - 1));
    const key = line.charCodeAt(i) === QUOTE ? quoted(line, i) : bareName(line, i);
    if (key instanceof Fault) return key;
    i = skip(line, key.end);
    const code = line.charCodeAt(i);
    if (code === EQUALS) {
      i = skip(line, i + 1);
      const value = quoted(line, i);
      if (value instanceof Fault) return value;
      if (key.text === '__name__') name = value.text;
      else if (Object.hasOwn(labels, key.text)) return new Fault('each label once', key.text);
      else labels[key.text] = value.text;
      i = skip(line, value.end);
    } else if (first && line.charCodeAt(key.end - 1) === QUOTE) name = key.text;
    else return new Fault('"=" behind a label name', line.slice(i, i + 20));
    const next = line.charCodeAt(i);
    if (next === COMMA) i = skip(line, i + 1);
    else if (next !== CLOSE) return new Fault('"," or "}" behind a label', line.slice(i, i + 20));
  }
}

function skip(line: string, from: number): number {
  let i = from;
  while (line.charCodeAt(i) === SPACE || line.charCodeAt(i) === TAB) i++;
  return i;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function bareName(line: string, from: number): Piece | Fault {
  let i = from;
  while (i < line.length && isNameCode(line.charCodeAt(i), i === from)) i++;
  if (i === from) return new Fault('a label name', line.slice(from, from + 20));
  return { text: line.slice(from, i), end: i };
}

function quoted(line: string, from: number): Piece | Fault {
  if (line.charCodeAt(from) !== QUOTE) return new Fault('a value in double quotes', line.slice(from, from + 20));
  let start = from + 1;
  let text = '';
  for (let i = start; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === QUOTE) return { text: text + line.slice(start, i), end: i + 1 };
    if (code !== BACKSLASH) continue;
    const next = line[i + 1];
    // readers of Prometheus keep the backslash of an escape that is none
    const escape = next === 'n' ? '\n' : next === '"' || next === '\\' ? next : `\\${next ?? ''}`;
    text += line.slice(start, i) + escape;
    i += 1;
    start = i + 1;
  }
  return new Fault('a closing quote', line.slice(from, from + 20));
}

/** Name and labels of sample lines as they were read before, by the text of them. */
export type KnownHeads = Map<string, { readonly name: string; readonly labels: Labels }>;

/** Most heads that are remembered. */
const MOST_HEADS = 20_000;

/**
 * Reads one sample line: `name{labels} value [timestamp] [# exemplar]`.
 * @param known remembers names and labels: those of lines that begin alike are one object
 */
export function parseSample(line: string, known?: KnownHeads): ExpositionSample | Fault {
  // a brace in a label may end it too early; then it is not known, for it has never been read as a whole
  const ends = line.indexOf('} ') + 1;
  const head = known?.get(line.slice(0, ends));
  if (head !== undefined) return tail(line, ends, head.name, head.labels);
  let i = skip(line, 0);
  const start = i;
  while (i < line.length && isNameCode(line.charCodeAt(i), i === start)) i++;
  let name = line.slice(start, i);
  let labels: Record<string, string> = Object.create(null) as Record<string, string>;
  i = skip(line, i);
  if (line.charCodeAt(i) === OPEN) {
    const set = parseLabelSet(line, i + 1);
    if (set instanceof Fault) return set;
    ({ labels } = set);
    if (set.name !== '') name = set.name;
    i = set.end;
  }
  if (name === '') return new Fault('a metric name', line.slice(0, 40));
  if (known !== undefined && i === ends && known.size < MOST_HEADS) known.set(line.slice(0, ends), { name, labels });
  return tail(line, i, name, labels);
}

function tail(line: string, from: number, name: string, labels: Labels): ExpositionSample | Fault {
  const first = skip(line, from);
  const valueEnd = wordEnd(line, first);
  const word = line.slice(first, valueEnd);
  const value = parseGoFloat(word);
  if (value === null) return new Fault('a number as value', word === '' ? 'nothing' : word);
  let i = skip(line, valueEnd);
  let stamp = '';
  if (i < line.length && line.charCodeAt(i) !== HASH) {
    const end = wordEnd(line, i);
    stamp = line.slice(i, end);
    if (!/^[+-]?\d{1,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?$/.test(stamp)) return new Fault('a timestamp', stamp);
    i = skip(line, end);
  }
  const exemplar = line.charCodeAt(i) === HASH;
  if (i < line.length && !exemplar) return new Fault('the end of the line behind the timestamp', line.slice(i));
  return { name, labels, value, stamp, exemplar };
}

function wordEnd(line: string, from: number): number {
  let i = from;
  while (i < line.length && line.charCodeAt(i) !== SPACE && line.charCodeAt(i) !== TAB) i++;
  return i;
}

const DECIMAL = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,6})?$/;
const HEX = /^([+-]?)0[xX]([0-9a-fA-F]{0,300})(?:\.([0-9a-fA-F]{0,300}))?(?:[pP]([+-]?\d{1,6}))?$/;

/**
 * A number as Go's `strconv.ParseFloat` reads it: decimal, `NaN`, `Inf`, `+Inf`, `-Inf`, hexadecimal with exponent.
 * @returns null for what is no number, and for numbers too large for a double (`1e400`): those are not infinite
 */
export function parseGoFloat(text: string): number | null {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  const special = SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return special;
  return hexFloat(text);
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);

function hexFloat(text: string): number | null {
  const hex = HEX.exec(text);
  // Go demands the binary exponent
  if (hex?.[4] === undefined) return null;
  const [, sign, whole = '', fraction = '', exponent] = hex;
  if (whole === '' && fraction === '') return null;
  const value = parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return Number.isFinite(value) ? (sign === '-' ? -value : value) : null;
}
