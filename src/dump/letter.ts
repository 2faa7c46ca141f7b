import { unwrapTransfer } from './transfer.js';

/** A line of a text and where it stood, counted from 0. */
export interface PlacedLine {
  readonly text: string;
  readonly at: number;
}

/** An output found among other words. */
export interface Excerpt {
  readonly text: string;
  /** Line of the file before its first one. */
  readonly before: number;
  readonly lines: number;
}

/** Taken off: what mail programs, chats, editors and terminals put around lines. */
export function undress(text: string): PlacedLine[] {
  const decoded = unwrapTransfer(text.split('\n').map((line, at) => ({ text: line, at })));
  const plain = decoded.map(({ text: line, at }) => ({ text: straighten(line), at }));
  return unnumbered(unquoted(withoutMeter(withoutHeaders(plain))));
}

/** Non-breaking and zero-width blanks; typographic quotes of a pasted JSON text. */
function straighten(line: string): string {
  let clean = /[\u00a0\u2007\u202f\u200b\ufeff]/.test(line)
    ? line.replaceAll(/[\u00a0\u2007\u202f]/g, ' ').replaceAll(/[\u200b\ufeff]/g, '')
    : line;
  if (/^\s{0,100}[[{}\]]?\s{0,100}[“”„]/.test(clean) || /^\s{0,100}[[{]/.test(clean))
    clean = clean.replaceAll(/[“”„]/g, '"');
  return clean;
}

/** `curl -i` prints the header lines of the answer first. */
function withoutHeaders(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  if (first < 0 || !/^HTTP\/[\d.]{1,3} \d{3}\b/.test(lines[first]!.text)) return lines;
  let end = first + 1;
  while (end < lines.length && /^[\w-]{1,100}: ?/.test(lines[end]!.text)) end++;
  if (lines[end]?.text.trim() !== '') return lines;
  // an interim answer (100 Continue) comes with headers of its own
  return withoutHeaders(lines.slice(end + 1));
}

const METER =
  /^\s*(?:% Total\s+% Received\b|Dload\s+Upload\b|\d{1,3}\s+[\d.]+[kMGTP]?\s+\d{1,3}\s+[\d.]+[kMGTP]?\s.*(?:--|\d\d):(?:--|\d\d):(?:--|\d\d))/;

/** The progress meter of curl, written to the same terminal. */
function withoutMeter(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  return lines.some(({ text }) => METER.test(text)) ? lines.filter(({ text }) => !METER.test(text)) : lines;
}

/** Two quoted lines in a row are a quotation; one may be anything. */
function unquoted(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  const quoted = (i: number): boolean => lines[i] !== undefined && /^>/.test(lines[i].text);
  return lines.map((line, i) =>
    quoted(i) && (quoted(i - 1) || quoted(i + 1)) ? { ...line, text: line.text.replace(/^(?:> ?){1,8}/, '') } : line,
  );
}

const NUMBERED = /^\s{0,8}(\d{1,6})(?:[:.|)\]→]|\t|\s(?=\s))[ \t]?/;

/** Numbers that an editor, `cat -n` or `grep -n` put before every line: without exception, each one more. */
function unnumbered(lines: readonly PlacedLine[]): PlacedLine[] {
  let last: number | undefined;
  let count = 0;
  for (const { text } of lines) {
    if (text.trim() === '') continue;
    const number = Number(NUMBERED.exec(text)?.[1]);
    if (Number.isNaN(number) || (last !== undefined && number !== last + 1)) return [...lines];
    last = number;
    count++;
  }
  return count < 3 ? [...lines] : lines.map((line) => ({ ...line, text: line.text.replace(NUMBERED, '') }));
}

const MAIL =
  /^(?:From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Message-ID|MIME-Version|Content-[\w-]{1,40}|Received|Return-Path|X-[\w-]{1,60}|Von|An|Gesendet|Betreff|发件人|收件人|主题|发送时间|抄送)\s?[:：]/i;
const BREAK =
  /^(?:-{2,}\s?(?:Original|Forwarded|Begin|Ursprüngliche|原始)|-- ?$|_{10,}$|--[\w'()+,./:=?-]{1,70}$)|(?:wrote|schrieb|写道)\s?[:：]$/i;
const CHAT = /^[^\d\s|][^|]{0,40}?\s{1,3}\[?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\]?:?$/;
const TAG = /^<\/?[a-z][^<>]{0,200}>/i;

/** Whether a line is words: a sentence, a head line of a mail or a chat, not an output. */
export function isWords(line: string): boolean {
  const text = line.trim();
  if (text === '' || text.length > 2000) return false;
  if (MAIL.test(text) || BREAK.test(text) || CHAT.test(text) || TAG.test(text)) return true;
  if (/\s{2}|\t/.test(text) || !/^[\p{L}*"'(“]/u.test(text)) return false;
  if (/\p{Script=Han}{4}/u.test(text)) return !/[=|]/.test(text);
  const words = text.split(' ');
  const plain = words.filter((word) => /^[("'“‘*`]{0,2}\p{L}[\p{L}’'-]{0,30}[)"'”’*`]{0,2}[.,:;!?…]{0,3}$/u.test(word));
  return words.length >= 4 && plain.length >= 0.7 * words.length && (/[.,:;!?…)]$/.test(text) || words.length >= 8);
}

/** What stands between the words, paragraphs without any digit at its ends left out. */
export function excerpts(lines: readonly PlacedLine[]): Excerpt[] {
  const found: Excerpt[] = [];
  let from = 0;
  const flush = (to: number): void => {
    const kept = trimmed(lines.slice(from, to));
    if (kept.length > 0)
      found.push({ text: `${kept.map(({ text }) => text).join('\n')}\n`, before: kept[0]!.at, lines: kept.length });
  };
  for (const [i, { text }] of lines.entries()) {
    if (!isWords(text)) continue;
    flush(i);
    from = i + 1;
  }
  flush(lines.length);
  return found;
}

function trimmed(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  const told = paragraphs(lines);
  const numbered = (paragraph: readonly PlacedLine[]): boolean => paragraph.some(({ text }) => /\d/.test(text));
  const first = told.findIndex(numbered);
  if (first < 0) return [];
  const [start, end] = [told[first]![0]!, told[told.findLastIndex(numbered)]!.at(-1)!];
  return lines.slice(lines.indexOf(start), lines.indexOf(end) + 1);
}

function paragraphs(lines: readonly PlacedLine[]): PlacedLine[][] {
  const all: PlacedLine[][] = [[]];
  for (const line of lines) {
    if (line.text.trim() !== '') all.at(-1)!.push(line);
    else if (all.at(-1)!.length > 0) all.push([]);
  }
  return all.filter((one) => one.length > 0);
}

/** When a web server answered, by the header lines that `curl -i` prints. */
export function answeredAt(text: string): number | undefined {
  if (!/^\s{0,100}HTTP\/[\d.]{1,3} \d{3}\b/.test(text)) return undefined;
  const date = /^date: [A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT\r?$/im.exec(
    text.slice(0, 4096),
  );
  if (date === null) return undefined;
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(date[2]!) / 3;
  if (!Number.isInteger(month) || month < 0) return undefined;
  return Date.UTC(Number(date[3]), month, Number(date[1]), Number(date[4]), Number(date[5]), Number(date[6]));
}
