import type { Milliseconds } from '../types/units.js';

/** Order of day and month in dates that do not begin with the year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** The order for each separator; a column may hold `10.02.2024` and `02/03/04`, and the one proves nothing of the other. */
export type DateOrders = Readonly<Partial<Record<string, DateOrder>>>;

/** An instant as a cell states it. */
export interface StatedTime {
  /** Epoch ms; of local times as if they were UTC. */
  readonly time: Milliseconds;
  readonly kind: 'epoch' | 'offset' | 'local';
  /** Offset in minutes where the cell carries one. */
  readonly offset?: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Abbreviations that mean one offset only; CST, IST and their like mean several and are left out. */
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ['z', 0], ['utc', 0], ['gmt', 0], ['wet', 0], ['west', 60], ['cet', 60], ['cest', 120], ['eet', 120], ['eest', 180],
  ['msk', 180], ['est', -300], ['edt', -240], ['cdt', -300], ['mst', -420], ['mdt', -360], ['pst', -480], ['pdt', -420],
  ['jst', 540], ['kst', 540], ['hkt', 480], ['sgt', 480], ['aest', 600], ['aedt', 660], ['nzst', 720], ['nzdt', 780],
]); // prettier-ignore

const MAX_TEXT = 80;
const EPOCH_FROM = Date.UTC(1990, 0, 1);
const EPOCH_TO = Date.UTC(2101, 0, 1);

/** `2024-05-06`, `2024/5/6`, `2024.05.06`, `2024年5月6日`; then the clock. */
const YEAR_FIRST = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T ,]+|$)(.*)/s;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+|$)(.*)/s;
const DAY_MONTH_NAME = /^(?:[a-z]{3,9},? +)?(\d{1,2})[ /-]([a-z]{3,9})\.?[ /,-] ?(\d{4})(?:[T ,:]+|$)(.*)/is;
const MONTH_NAME_DAY =
  /^(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6},? +)?([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?:[T ,]+|$)(.*)/is;
const CLOCK =
  /^(上午|下午|[ap]m)? ?(\d{1,2})(?:[:时]|点)(\d{1,2})(?:(?:[:分])(\d{1,2})秒?(?:[.,](\d{1,12}))?|分)? ?(上午|下午|[ap]\.?m\.?)? *(.*)/is;
const OFFSET = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/i;

/**
 * The instant that a cell states: epoch seconds, ms, µs or ns by magnitude; ISO 8601 and its relatives, Go's format;
 * dates with day or month first under the given order; month names; 上午/下午.
 * @returns null when the cell is no time, or its digits were lost (`1.70754E+12`)
 */
export function readTime(raw: string, orders: DateOrders | DateOrder | null): StatedTime | null {
  const text = raw.trim();
  if (text.length === 0 || text.length > MAX_TEXT) return null;
  const quick = isoLocal(text);
  if (quick !== null) return quick;
  const first = text.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 45) {
    const epoch = readEpoch(text);
    if (epoch !== null) return { time: epoch, kind: 'epoch' };
  }
  return readDate(text, orders);
}

/** `YYYY-MM-DD HH:MM:SS` alone, by position: the form of nearly all large files. */
function isoLocal(text: string): StatedTime | null {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return null;
  if (text[10] !== ' ' && text[10] !== 'T') return null;
  for (const i of [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return null;
  }
  const time = instant(+text.slice(0, 4), +text.slice(5, 7), +text.slice(8, 10), [
    +text.slice(11, 13),
    +text.slice(14, 16),
    +text.slice(17, 19),
    0,
  ]);
  return time === null ? null : { time, kind: 'local' };
}

/**
 * Epoch ms of a number in seconds, ms, µs or ns, told by its magnitude; null outside 1990–2100. Nanoseconds beyond 2^53
 * are split before they become a double.
 */
export function readEpoch(text: string): Milliseconds | null {
  const match = /^(\d{9,20})(?:[.,](\d{1,12}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  for (const [digits, shift] of [
    [whole.length <= 11, 3],
    [whole.length <= 14, 0],
    [whole.length <= 17, -3],
    [true, -6],
  ] as const)
    // prettier-ignore
    if (digits) {
      const time = Number(`${whole}${fraction === '' ? '' : `.${fraction}`}e${shift}`);
      return time >= EPOCH_FROM && time < EPOCH_TO ? time : null;
    }
  return null;
}

function readDate(text: string, orders: DateOrders | DateOrder | null): StatedTime | null {
  const year = YEAR_FIRST.exec(text);
  if (year !== null) return withClock(+year[1]!, +year[2]!, +year[3]!, year[4]!);
  const last = YEAR_LAST.exec(text);
  if (last !== null) {
    const order = typeof orders === 'string' ? orders : orders?.[last[2]!];
    const [a, b, c] = [+last[1]!, +last[3]!, +last[4]!];
    const century = last[4]!.length === 2 ? 2000 : 0;
    if (order === 'dmy') return withClock(c + century, b, a, last[5]!);
    if (order === 'mdy') return withClock(c + century, a, b, last[5]!);
    if (order === 'ymd' && century > 0) return withClock(a + century, b, c, last[5]!);
    return null;
  }
  const day = DAY_MONTH_NAME.exec(text);
  if (day !== null) return withClock(+day[3]!, month(day[2]!), +day[1]!, day[4]!);
  const named = MONTH_NAME_DAY.exec(text);
  if (named !== null) return withClock(+named[3]!, month(named[1]!), +named[2]!, named[4]!);
  return null;
}

function month(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function withClock(year: number, monthOfYear: number, day: number, rest: string): StatedTime | null {
  const clock = rest.trim() === '' ? { parts: [0, 0, 0, 0] as const, zone: '' } : readClock(rest.trim());
  if (clock === null) return null;
  const time = instant(year, monthOfYear, day, clock.parts);
  if (time === null) return null;
  const offset = readOffset(clock.zone);
  if (offset === null) return null;
  return offset === undefined ? { time, kind: 'local' } : { time: time - offset * 60_000, kind: 'offset', offset };
}

type ClockParts = readonly [hour: number, minute: number, second: number, ms: number];

function readClock(text: string): { parts: ClockParts; zone: string } | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  let hour = +match[2]!;
  const half = (match[1] ?? match[6] ?? '').toLowerCase().replaceAll('.', '');
  if (half !== '') {
    if (hour > 12) return null;
    if (half === 'pm' || half === '下午') hour = hour === 12 ? 12 : hour + 12;
    else if (hour === 12) hour = 0;
  }
  const fraction = match[5] === undefined ? 0 : Number(`0.${match[5]}`) * 1000;
  return { parts: [hour, +match[3]!, match[4] === undefined ? 0 : +match[4], fraction], zone: match[7]!.trim() };
}

/** Minutes east of UTC; undefined without a zone or with one that means several; null for text that is no zone. */
function readOffset(zone: string): number | undefined | null {
  // Go appends the zone's name and its monotonic clock
  const text = zone.replace(/ m=[+-][\d.]{1,30}$/, '').trim();
  if (text === '') return undefined;
  const [first = '', second, third] = text.split(' ', 3);
  if (third !== undefined) return null;
  const match = OFFSET.exec(first);
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    if (minutes > 14 * 60) return null;
    return match[1] === '-' ? -minutes : minutes;
  }
  if (second !== undefined) return null;
  const known = ABBREVIATIONS.get(first.toLowerCase());
  if (known !== undefined) return known;
  return /^[A-Z]{2,5}$/.test(first) ? undefined : null;
}

/** Epoch ms of a calendar date and clock, null when there is no such date. */
function instant(year: number, monthOfYear: number, day: number, clock: ClockParts): Milliseconds | null {
  const [hour, minute, second, ms] = clock;
  if (hour > 24 || minute > 59 || second > 60 || monthOfYear < 1 || monthOfYear > 12 || day < 1) return null;
  if (year < 1970 || year > 2100) return null;
  const date = Date.UTC(year, monthOfYear - 1, day);
  if (Math.round((Date.UTC(year, monthOfYear, 1) - Date.UTC(year, monthOfYear - 1, 1)) / 86_400_000) < day) return null;
  return date + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

/** Whether a cell is a time that a spreadsheet has destroyed: scientific notation, or a serial day without its fraction. */
export function isMangledTime(raw: string): boolean {
  const text = raw.trim();
  return /^\d[.,]\d{1,9}E\+(?:9|1[0-9])$/i.test(text) || /^[2-7]\d{4}(?:[.,]\d{1,4})?$/.test(text);
}

/** What a column's dates say of the order of day and month, per separator. */
export interface OrderVote {
  readonly orders: DateOrders;
  /** A choice that the cells do not force: an example, the order taken and the next best. */
  readonly assumed?: { readonly date: string; readonly order: DateOrder; readonly other: DateOrder };
}

/**
 * The order of day and month by a vote of the whole column: the orders under which every cell is a date, among them the
 * one that keeps the column in order of time and its steps even. Without any such difference day first is assumed (month
 * first where hours are AM and PM); dates with two-digit years are left undecided then, unless there are several.
 */
export function voteOrder(cells: readonly string[]): OrderVote {
  const orders: Record<string, DateOrder> = {};
  let assumed: OrderVote['assumed'];
  for (const separator of ['.', '/', '-']) {
    const dates = cells.filter((cell) => YEAR_LAST.exec(cell.trim().slice(0, MAX_TEXT))?.[2] === separator);
    const fitting = dates.length === 0 ? [] : fittingOrders(dates, separator);
    const [order, other] = fitting;
    if (order === undefined) continue;
    if (other !== undefined) {
      const short = dates.some((cell) => /^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)/.test(cell));
      if (short && new Set(dates).size < 3) continue;
      assumed ??= { date: dates[0]!, order, other };
    }
    orders[separator] = order;
  }
  return assumed === undefined ? { orders } : { orders, assumed };
}

function fittingOrders(dates: readonly string[], separator: string): readonly DateOrder[] {
  const american = dates.some((cell) => /[ap]m\s*$/i.test(cell));
  const all: readonly DateOrder[] =
    separator === '.' ? ['dmy'] : american ? ['mdy', 'dmy', 'ymd'] : ['dmy', 'mdy', 'ymd'];
  return all
    .map((order) => ({ order, times: dates.map((cell) => readTime(cell, order)?.time ?? NaN) }))
    .filter(({ times }) => !times.some(Number.isNaN))
    .map(({ order, times }) => ({ order, disorder: disorder(times) }))
    .sort((a, b) => a.disorder - b.disorder)
    .filter(({ disorder: amount }, _, [best]) => amount <= best!.disorder)
    .map(({ order }) => order);
}

/** Steps that go back in time, and steps far above the usual one, both counted. */
function disorder(times: readonly number[]): number {
  const steps: number[] = [];
  for (let i = 1; i < times.length; i++) steps.push(times[i]! - times[i - 1]!);
  const forward = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const usual = forward[forward.length >> 1] ?? 0;
  const up = steps.filter((step) => step > 0).length;
  const down = steps.filter((step) => step < 0).length;
  return Math.min(up, down) + steps.filter((step) => Math.abs(step) > 40 * usual && usual > 0).length;
}
