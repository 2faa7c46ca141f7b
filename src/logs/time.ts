import type { Milliseconds } from '../types/units.js';

/** A time stamp found in a line. */
export interface Stamp {
  /** Epoch ms; local times as if they were UTC; yearless stamps in the year 2000. NaN: no such day, hour or offset. */
  readonly time: Milliseconds;
  /** Index behind the stamp. */
  readonly end: number;
  readonly zone: 'utc' | 'offset' | 'local' | 'unknown';
  /** The offset or zone word as written. */
  readonly written?: string;
  readonly yearless?: boolean;
}

const MONTHS = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, i) => [name, i]),
);

/** Zone words that mean one offset the world over, in minutes. CST, IST, BST and the like mean several and are left out. */
const ZONES = new Map([
  ['CET', 60],
  ['CEST', 120],
  ['EST', -300],
  ['EDT', -240],
  ['CDT', -300],
  ['PST', -480],
  ['PDT', -420],
  ['MDT', -360],
  ['JST', 540],
  ['KST', 540],
  ['HKT', 480],
  ['SGT', 480],
  ['MSK', 180],
]);
const AMBIGUOUS_ZONES = new Set(['CST', 'IST', 'BST', 'MST', 'AST', 'WET', 'EET', 'EEST', 'WEST']);

/** Whether a zone word stands for several offsets. */
export function isAmbiguousZone(word: string): boolean {
  return AMBIGUOUS_ZONES.has(word);
}

const ISO =
  /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T_]|[ ,]{1,2})(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,:](\d{1,9})(?!\d))?/y;
const BASIC = /(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:[.,](\d{1,9}))?/y;
const SYSLOG = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?/y;
const CTIME =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: (AM|PM))?(?: ([A-Z]{3,4}|[+-]\d{2,4}))? (\d{4})/y;
const RFC1123 =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(\d{1,2})[ /-]([A-Z][a-z]{2})[ /-](\d{4})[ :](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: (AM|PM))?/y;
const SLASHED = /(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: (AM|PM))?/y;
/** Android and others: month and day only. */
const MONTH_DAY = /(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{1,9})/y;
/** Year of two digits, as Spark and Hadoop write it before the level. */
const SHORT_YEAR = /(\d{2})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})(?= [A-Z]{4,5} )/y;
/** MySQL 5: `240506 10:00:00`. */
const PACKED_DATE = /(\d{2})(\d{2})(\d{2}) {1,2}(\d{1,2}):(\d{2}):(\d{2})(?![\d:])/y;
/** TAI64N of daemontools: seconds since 1970 on the TAI scale plus 2^62, and nanoseconds, in hexadecimal. */
const TAI64N = /@4[0-9a-f]{15}[0-9a-f]{8}(?![0-9a-f])/y;
const TAI_AHEAD_S = 37;
const EPOCH = /(\d{10}|\d{13}|\d{16}|\d{19})(?:\.(\d{1,9}))?(?![\w.:-])/y;
const OFFSET = / ?(Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}(?!\d))/y;
const WORD = /( ?)([A-Z]{3,5})(?![\w-])/y;
const GLUED = /[A-Za-z]{2,5}(?![\w-])/y;
const WEEKDAY = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? /y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * The time stamp that begins exactly at an index: ISO 8601 in its dialects, syslog, ctime, HTTP and access-log dates,
 * epoch seconds to nanoseconds.
 * @returns undefined when none begins there; `time` is NaN when one does that names no real instant
 */
export function stampAt(text: string, at: number): Stamp | undefined {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return numeric(text, at);
  if (code >= 0x41 && code <= 0x5a) return lettered(text, at);
  return code === 0x40 ? tai64n(text, at) : undefined;
}

/** Leap seconds are taken as they have stood since 2017. */
function tai64n(text: string, at: number): Stamp | undefined {
  const m = match(TAI64N, text, at);
  if (!m) return undefined;
  const seconds = Number(`0x${m[0].slice(2, 17)}`);
  const time = (seconds - TAI_AHEAD_S) * 1000 + Number(`0x${m[0].slice(17)}`) / 1e6;
  return { time, end: TAI64N.lastIndex, zone: 'utc' };
}

function numeric(text: string, at: number): Stamp | undefined {
  let m = match(ISO, text, at);
  if (m) return zoned(text, ISO.lastIndex, instant(m[1], Number(m[3]) - 1, m[4], m[5], m[6], m[7] ?? '0', m[8]));
  m = match(BASIC, text, at);
  if (m) return zoned(text, BASIC.lastIndex, instant(m[1], Number(m[2]) - 1, m[3], m[4], m[5], m[6], m[7]));
  m = match(RFC1123, text, at);
  if (m) return dayFirst(text, m);
  m = match(SLASHED, text, at);
  if (m) {
    // 13/05/2024 can only be the day first; 05/06/2024 is read as sysstat and log4j write it, month first
    const [day, month] = Number(m[1]) > 12 ? [m[1], m[2]] : [m[2], m[1]];
    const time = instant(m[3], Number(month) - 1, day, hour12(m[4], m[8]), m[5], m[6], m[7]);
    return zoned(text, SLASHED.lastIndex, time);
  }
  m = match(MONTH_DAY, text, at);
  if (m) {
    const time = instant('2000', Number(m[1]) - 1, m[2], m[3], m[4], m[5], m[6]);
    return { time, end: MONTH_DAY.lastIndex, zone: 'local', yearless: true };
  }
  m = match(SHORT_YEAR, text, at);
  if (m)
    return zoned(
      text,
      SHORT_YEAR.lastIndex,
      instant(`20${m[1]!}`, Number(m[2]) - 1, m[3], m[4], m[5], m[6], undefined),
    );
  m = match(PACKED_DATE, text, at);
  if (m)
    return zoned(
      text,
      PACKED_DATE.lastIndex,
      instant(`20${m[1]!}`, Number(m[2]) - 1, m[3], m[4], m[5], m[6], undefined),
    );
  m = match(EPOCH, text, at);
  return m ? { time: epoch(m[1]!, m[2]), end: EPOCH.lastIndex, zone: 'utc' } : undefined;
}

function dayFirst(text: string, m: RegExpExecArray): Stamp | undefined {
  const month = MONTHS.get(m[2]!.toLowerCase());
  if (month === undefined) return undefined;
  return zoned(text, RFC1123.lastIndex, instant(m[3], month, m[1], hour12(m[4], m[8]), m[5], m[6], m[7]));
}

function lettered(text: string, at: number): Stamp | undefined {
  let m = match(CTIME, text, at);
  if (m) {
    const month = MONTHS.get(m[1]!.toLowerCase());
    if (month === undefined) return undefined;
    const time = instant(m[9], month, m[2], hour12(m[3], m[7]), m[4], m[5], m[6]);
    return m[8] === undefined
      ? { time, end: CTIME.lastIndex, zone: 'local' }
      : { ...byWord(time, m[8]), end: CTIME.lastIndex };
  }
  m = match(SYSLOG, text, at);
  if (m) {
    const month = MONTHS.get(m[1]!.toLowerCase());
    if (month === undefined) return undefined;
    const time = instant(m[3] ?? '2000', month, m[2], m[4], m[5], m[6], m[7]);
    const end = SYSLOG.lastIndex;
    return m[3] === undefined ? { time, end, zone: 'local', yearless: true } : zoned(text, end, time);
  }
  m = match(RFC1123, text, at);
  if (m) return dayFirst(text, m);
  // journalctl and `date` in some locales: `Fri 2022-02-11 18:58:10 UTC`
  m = match(WEEKDAY, text, at);
  return m ? numeric(text, WEEKDAY.lastIndex) : undefined;
}

function hour12(hour: string | undefined, half: string | undefined): string {
  if (half === undefined) return hour ?? 'x';
  return String((Number(hour) % 12) + (half === 'PM' ? 12 : 0));
}

/** Epoch ms of calendar fields taken as UTC; NaN when there is no such instant. 24:00:00 and second 60 are accepted. */
function instant(
  year: string | undefined,
  month: number,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
): Milliseconds {
  const [y, d, h, min, s] = [Number(year), Number(day), Number(hour), Number(minute), Number(second)];
  const midnight = h === 24 && min === 0 && s === 0;
  if (!(month >= 0 && month < 12 && d >= 1 && d <= 31 && (h < 24 || midnight) && min < 60 && s <= 60))
    return Number.NaN;
  const date = new Date(Date.UTC(2000, month, d));
  date.setUTCFullYear(y, month, d);
  if (date.getUTCMonth() !== month) return Number.NaN;
  const ms = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  return date.getTime() + h * 3_600_000 + min * 60_000 + s * 1000 + ms;
}

/** Epoch ms of an epoch number whose length tells its unit: 10 digits s, 13 ms, 16 µs, 19 ns. */
function epoch(digits: string, fraction: string | undefined): Milliseconds {
  const seconds = Number(digits.slice(0, 10)) * 1000;
  if (digits.length === 10) return seconds + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
  return seconds + Number(digits.slice(10, 13)) + (digits.length > 13 ? Number(`0.${digits.slice(13)}`) : 0);
}

/** Looks behind a stamp for its offset or zone word. */
function zoned(text: string, end: number, time: Milliseconds): Stamp {
  const offset = match(OFFSET, text, end);
  if (offset) return { ...byWord(time, offset[1]!), end: OFFSET.lastIndex };
  const word = match(WORD, text, end);
  if (word && (ZONES.has(word[2]!) || AMBIGUOUS_ZONES.has(word[2]!)))
    return { ...byWord(time, word[2]!), end: WORD.lastIndex };
  // a zone that nobody knows, written right behind the seconds: `…10.313913FOO`
  const glued = match(GLUED, text, end);
  if (glued) return { time, end: GLUED.lastIndex, zone: 'unknown', written: glued[0] };
  return { time, end, zone: 'local' };
}

function byWord(time: Milliseconds, word: string): Omit<Stamp, 'end'> {
  if (word === 'Z' || word === 'UTC' || word === 'GMT') return { time, zone: 'utc', written: word };
  const minutes = ZONES.get(word) ?? offsetMinutes(word);
  if (minutes === undefined) return { time, zone: 'unknown', written: word };
  return { time: time - minutes * 60_000, zone: 'offset', written: word };
}

/** Minutes of `+08:00`, `+0800` or `+08`; NaN beyond the ±15 h that exist; undefined when it is no offset. */
function offsetMinutes(word: string): number | undefined {
  const m = /^([+-])(\d{2}):?(\d{2})?$/.exec(word);
  if (!m) return undefined;
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0);
  return minutes > 15 * 60 ? Number.NaN : m[1] === '-' ? -minutes : minutes;
}

/** How far into a line a time stamp is looked for, and at how many places. */
const REACH = 120;
const PLACES = 16;

/** The first time stamp of a line that begins at the start of a word within its first 120 characters. */
export function firstStamp(text: string): (Stamp & { readonly start: number }) | undefined {
  let places = 0;
  let inWord = false;
  const reach = Math.min(text.length, REACH);
  for (let i = 0; i < reach && places < PLACES; i++) {
    const code = text.charCodeAt(i);
    const wordly =
      code === 0x40 ||
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x61 && code <= 0x7a);
    if (wordly && !inWord) {
      places++;
      const stamp = stampAt(text, i);
      if (stamp) return { ...stamp, start: i };
    }
    inWord = wordly || code === 0x2e || code === 0x5f;
  }
  return undefined;
}

/** Epoch ms of a text that is a time stamp and nothing else; undefined otherwise. NaN for impossible ones. */
export function wholeStamp(text: string): Stamp | undefined {
  const trimmed = text.trim();
  const stamp = stampAt(trimmed, 0);
  return stamp?.end === trimmed.length ? stamp : undefined;
}

/** Epoch ms of nanoseconds given as digits, exact to the resolution of a double (a quarter of a microsecond). */
export function nanoseconds(digits: string): Milliseconds {
  const whole = /^-?\d{1,30}$/.test(digits) ? digits : '';
  if (whole === '') return Number.NaN;
  const sign = whole.startsWith('-') ? -1 : 1;
  const figures = whole.replace('-', '').padStart(7, '0');
  return sign * (Number(figures.slice(0, -6)) + Number(figures.slice(-6)) / 1e6);
}
