/** A token of a PromQL-like text. `end` is the offset behind it. */
export interface Token {
  readonly type: 'name' | 'number' | 'string' | 'duration' | 'variable' | 'mark' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const COMPARISONS = new Set(['==', '=~', '!=', '!~', '<=', '>=', '=', '!', '<', '>']);
const MARKS = new Set(['(', ')', '{', '}', '[', ']', ',', ':', '@', '+', '-', '*', '/', '%', '^', ';']);

/**
 * The tokens of a PromQL-like text, in linear time. Names may contain letters of any script, digits, `_`, `:`, and dots
 * inside; quoted strings are unescaped; a run of unknown characters becomes `other`.
 * @returns null when a string is not closed or the text has more than `limit` tokens
 */
export function tokenize(text: string, limit = 2000): readonly Token[] | null {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (isSpace(c)) {
      i++;
      continue;
    }
    const token = next(text, i, c);
    if (token === null || tokens.length >= limit) return null;
    tokens.push(token);
    i = token.end;
  }
  return tokens;
}

function next(text: string, i: number, c: number): Token | null {
  const char = text[i]!;
  if (char === '"' || char === "'" || char === '`') return quoted(text, i, char);
  if (isDigit(c) || (char === '.' && isDigit(text.charCodeAt(i + 1)))) return numeric(text, i);
  if (char === '$' || (char === '[' && text[i + 1] === '[')) return variable(text, i);
  if (isNameStart(c)) return word(text, i);
  const two = text.slice(i, i + 2);
  const mark = COMPARISONS.has(two) ? two : char;
  const type = MARKS.has(mark) || COMPARISONS.has(mark) ? 'mark' : 'other';
  return { type, text: mark, start: i, end: i + mark.length };
}

/** A name; dots belong to it where more of the name follows. */
function word(text: string, start: number): Token {
  let i = start + 1;
  while (i < text.length) {
    const inside = isNamePart(text.charCodeAt(i)) || (text[i] === '.' && isNamePart(text.charCodeAt(i + 1)));
    if (!inside) break;
    i++;
  }
  return { type: 'name', text: text.slice(start, i), start, end: i };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function quoted(text: string, start: number, quote: string): Token | null {
  const parts: string[] = [];
  let from = start + 1;
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\' && quote !== '`') {
      const escaped = text[i + 1] ?? '';
      parts.push(text.slice(from, i), ESCAPES.get(escaped) ?? escaped);
      i++;
      from = i + 1;
    } else if (char === quote) {
      parts.push(text.slice(from, i));
      return { type: 'string', text: parts.join(''), start, end: i + 1 };
    }
  }
  return null;
}

function numeric(text: string, start: number): Token {
  let i = start;
  while (i < text.length && (isDigit(text.charCodeAt(i)) || text[i] === '.')) i++;
  const digits = i;
  if ((text[i] === 'e' || text[i] === 'E') && /^[eE][+-]?\d/.test(text.slice(i, i + 3))) {
    i += 2;
    while (i < text.length && isDigit(text.charCodeAt(i))) i++;
    return { type: 'number', text: text.slice(start, i), start, end: i };
  }
  while (i < text.length && isNamePart(text.charCodeAt(i))) i++;
  return { type: i === digits ? 'number' : 'duration', text: text.slice(start, i), start, end: i };
}

/** `$x`, `${x:y}` or `[[x]]` of a dashboard. */
function variable(text: string, start: number): Token {
  if (text[start] === '[') {
    const close = text.indexOf(']]', start);
    const end = close < 0 ? start + 1 : close + 2;
    return { type: close < 0 ? 'mark' : 'variable', text: text.slice(start, end), start, end };
  }
  if (text[start + 1] === '{') {
    const close = text.indexOf('}', start);
    const end = close < 0 ? start + 2 : close + 1;
    return { type: close < 0 ? 'other' : 'variable', text: text.slice(start, end), start, end };
  }
  let i = start + 1;
  while (i < text.length && isNamePart(text.charCodeAt(i)) && text[i] !== ':') i++;
  return { type: i > start + 1 ? 'variable' : 'other', text: text.slice(start, i), start, end: i };
}

function isSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13) || c === 0xa0 || c === 0x202f;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isNameStart(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c > 0xbf;
}

function isNamePart(c: number): boolean {
  return isNameStart(c) || isDigit(c) || c === 58;
}

const DURATION: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
  ['y', 31_536_000_000],
]);

/** Milliseconds of `90s`, `1h30m`, `500ms`; null when the text is no duration. */
export function durationOf(text: string): number | null {
  let total = 0;
  let i = 0;
  if (text === '') return null;
  while (i < text.length) {
    const from = i;
    while (i < text.length && (isDigit(text.charCodeAt(i)) || text[i] === '.')) i++;
    const amount = Number(text.slice(from, i));
    const unitFrom = i;
    while (i < text.length && !isDigit(text.charCodeAt(i))) i++;
    const unit = DURATION.get(text.slice(unitFrom, i));
    if (from === unitFrom || unit === undefined || !Number.isFinite(amount)) return null;
    total += amount * unit;
  }
  return total;
}
