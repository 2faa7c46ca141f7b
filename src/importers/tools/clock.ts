import type { FileClock, Sink } from '../importer.js';
import type { Milliseconds } from '../../types/units.js';
import { numberOf, words } from './text.js';

export const DAY: Milliseconds = 86_400_000;

const DATE = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/;
/** `2024年05月06日` of Chinese and Japanese locales. */
const HAN_DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;

/**
 * Midnight (as if UTC) of a date in a tool's header: `2019-04-18`, `04/18/19`, `18.04.2019`, `18/04/2019`, `2019年04月18日`. Where day and
 * month could be swapped the American order of the C locale is taken and `ambiguous` is set.
 */
export function parseDate(text: string | undefined): { day: Milliseconds; ambiguous: boolean } | undefined {
  const han = text === undefined ? null : HAN_DATE.exec(text);
  if (han !== null) return civil(Number(han[1]), Number(han[2]), Number(han[3]), false);
  const parts = text === undefined ? null : DATE.exec(text);
  if (parts === null) return undefined;
  const [a, b, c] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  if ((parts[1] ?? '').length === 4) return civil(a, b, c, false);
  const year = c < 100 ? 2000 + c : c;
  if (parts[2] === '.') return civil(year, b, a, false);
  if (a > 12) return civil(year, b, a, false);
  return civil(year, a, b, b <= 12 && a !== b);
}

function civil(year: number, month: number, day: number, ambiguous: boolean): ReturnType<typeof parseDate> {
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return { day: Date.UTC(year, month - 1, day), ambiguous };
}

const CLOCK = /^(\d{1,2})(?::|时|時|-)(\d{2})(?::|分|-)(\d{2})秒?([.,]\d{1,9})?([AaPp][Mm])?$/;

/** Milliseconds since midnight of `10:00:01`, `03:16:17 PM`, `10时00分01秒`; undefined for anything else. */
export function timeOfDay(token: string | undefined, half?: string): Milliseconds | undefined {
  const parts = token === undefined ? null : CLOCK.exec(token);
  if (parts === null) return undefined;
  let hour = Number(parts[1]);
  const which = (half ?? parts[5] ?? '').toUpperCase();
  if (which === 'PM' || which === '下午') hour = (hour % 12) + 12;
  else if (which === 'AM' || which === '上午') hour %= 12;
  const [minute, second] = [Number(parts[2]), Number(parts[3])];
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const fraction = parts[4] === undefined ? 0 : Number(`0.${parts[4].slice(1)}`);
  return ((hour * 60 + minute) * 60 + second + fraction) * 1000;
}

/** Time of day at the start of a row and how many words it takes (`03:16:17 PM` takes two). */
export function leadingTime(cells: readonly string[]): { time: Milliseconds; taken: number } | undefined {
  const [first, second] = cells;
  if (first === '上午' || first === '下午') {
    const time = timeOfDay(second, first);
    return time === undefined ? undefined : { time, taken: 2 };
  }
  const half = second !== undefined && /^(?:AM|PM|am|pm|上午|下午)$/.test(second) ? second : undefined;
  const time = timeOfDay(first, half);
  return time === undefined ? undefined : { time, taken: half === undefined ? 1 : 2 };
}

/** Instants from times of day: the day nearest to the last instant is taken, so midnight may pass in either direction. */
export class DayClock {
  readonly #base: Milliseconds;
  #last: Milliseconds | undefined;

  constructor(base: Milliseconds) {
    this.#base = base;
  }

  at(time: Milliseconds): Milliseconds {
    const last = this.#last;
    const day = last === undefined ? this.#base : Math.round((last - time) / DAY) * DAY;
    this.#last = day + time;
    return this.#last;
  }

  /** Back to the first day: a new section of a report that starts over. */
  restart(): void {
    this.#last = undefined;
  }
}

/**
 * The clock of times of day without any date: the day is the one that brings the first time nearest to when the file was
 * taken; without that, the day is unknown and times are relative. Both are stated as a problem.
 */
export function undatedClock(sink: Sink, first: Milliseconds, line?: number): DayClock {
  const taken = sink.taken;
  if (taken === undefined) {
    sink.clock({ kind: 'relative' });
    sink.problem('NO_DATE', {}, line);
    return new DayClock(0);
  }
  sink.clock({ kind: 'local' });
  sink.problem('DATE_ASSUMED', { how: taken.how }, line);
  return new DayClock(Math.round((taken.time - first) / DAY) * DAY);
}

/** Only abbreviations that name one offset the world over. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['CEST', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['WEST', 60],
  ['PDT', -420],
  ['MDT', -360],
  ['CDT', -300],
  ['EDT', -240],
  ['AKDT', -480],
  ['JST', 540],
  ['KST', 540],
  ['HKT', 480],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
]);

/** Offset from UTC in minutes of `UTC`, `+0800`, `+08:00`, `CEST`; undefined for `CST` and other ambiguous abbreviations. */
export function offsetOf(zone: string): number | undefined {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (parts === null) return ZONES.get(zone);
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}

/** Subtracts the offset a zone names from a wall-clock time and tells the sink; an unclear zone leaves a local clock and a problem. */
export class ZonedClock {
  readonly #sink: Sink;
  readonly #told = new Set<string>();

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  at(wall: Milliseconds, zone: string | undefined, line?: number): Milliseconds {
    const name = zone ?? '';
    const offset = name === '' ? undefined : offsetOf(name);
    if (!this.#told.has(name) && this.#told.size < 8) {
      this.#told.add(name);
      this.#sink.clock(clockOf(name, offset));
      if (name !== '' && offset === undefined) this.#sink.problem('ZONE_ABBREVIATION', { zone: name }, line);
    }
    return offset === undefined ? wall : wall - offset * 60_000;
  }

  /** The instant that a date and a time of day state; undefined where one of them states nothing. */
  stated(
    date: string | undefined,
    clock: string | undefined,
    zone: string | undefined,
    line?: number,
  ): Milliseconds | undefined {
    const day = parseDate(date)?.day;
    const time = timeOfDay(clock);
    return day === undefined || time === undefined ? undefined : this.at(day + time, zone, line);
  }
}

function clockOf(zone: string, offset: number | undefined): FileClock {
  if (offset === undefined) return { kind: 'local' };
  return offset === 0 ? { kind: 'utc' } : { kind: 'offset', zone };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Wall-clock time and zone of a line that holds nothing but a time stamp: output of `date`, ISO 8601, epoch seconds,
 * OSWatcher's `zzz ***` marks; undefined for any other line.
 */
export function stampOf(line: string): { wall: Milliseconds; zone: string | undefined } | undefined {
  if (line.length > 60) return undefined;
  const text = line.replace(/^zzz\s*\*{0,3}\s*/, '').trim();
  if (/^1\d{9}(?:\.\d{1,9})?$/.test(text)) return { wall: Number(text) * 1000, zone: 'UTC' };
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?)\s?(Z|[+-]\d{2}:?\d{2}|[A-Z]{3,5})?$/.exec(
    text,
  );
  if (iso !== null) return joined(parseDate(iso[1])?.day, timeOfDay(iso[2]), iso[3]);
  return dateCommand(words(text.replaceAll(',', ' ')));
}

function dateCommand(cells: readonly string[]): ReturnType<typeof stampOf> {
  if (cells.length < 4 || cells.length > 8) return undefined;
  const month = cells.findIndex((cell) => MONTHS.includes(cell.slice(0, 3).toLowerCase()) && cell.length < 10);
  const year = cells.find((cell) => /^(?:19|20)\d{2}$/.test(cell));
  const at = cells.findIndex((cell) => timeOfDay(cell) !== undefined);
  if (month === -1 || year === undefined || at === -1) return undefined;
  const day = [cells[month + 1], cells[month - 1]].map(numberOf).find((n) => n >= 1 && n <= 31);
  const half = cells.find((cell) => /^[AaPp][Mm]$/.test(cell));
  const zone = cells.find((cell, i) => i > at && (/^[A-Z]{3,5}$/.test(cell) || /^[+-]\d{2,4}$/.test(cell)));
  if (day === undefined) return undefined;
  const name = MONTHS.indexOf((cells[month] ?? '').slice(0, 3).toLowerCase());
  return joined(Date.UTC(Number(year), name, day), timeOfDay(cells[at], half), zone);
}

function joined(
  day: Milliseconds | undefined,
  time: Milliseconds | undefined,
  zone: string | undefined,
): ReturnType<typeof stampOf> {
  return day === undefined || time === undefined ? undefined : { wall: day + time, zone };
}

/**
 * Times of the blocks of a file whose format carries none: from time stamps between the blocks, else when the file was
 * taken; further blocks without a stamp keep their order one second apart, which is stated as a problem.
 */
export class BlockClock {
  readonly #sink: Sink;
  readonly #zoned: ZonedClock;
  #stamped: Milliseconds | undefined;
  #last: Milliseconds | undefined;
  #told = false;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#zoned = new ZonedClock(sink);
  }

  /** Takes a line that is a time stamp; false when it is not. */
  stamp(line: string, number?: number): boolean {
    const stamp = stampOf(line);
    if (stamp === undefined) return false;
    this.#stamped = this.#zoned.at(stamp.wall, stamp.zone, number);
    return true;
  }

  /** Time of the block that starts now. */
  next(line?: number): Milliseconds {
    if (this.#stamped !== undefined) this.#last = this.#stamped;
    else if (this.#last === undefined) this.#last = this.#first(line);
    else {
      this.#last += 1000;
      if (!this.#told) this.#sink.problem('BLOCKS_WITHOUT_TIME', {}, line);
      this.#told = true;
    }
    this.#stamped = undefined;
    return this.#last;
  }

  #first(line: number | undefined): Milliseconds {
    const taken = this.#sink.taken;
    if (taken !== undefined) return taken.time;
    this.#sink.clock({ kind: 'relative' });
    this.#sink.problem('NO_TIME', {}, line);
    return 0;
  }
}
