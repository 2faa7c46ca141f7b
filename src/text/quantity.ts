import type { LanguageId } from '../types/notebook.js';
import type { BaseUnit, Milliseconds, Unit } from '../types/units.js';

/** Printed where a number is missing. */
export const MISSING = '–';

const UNIT_WORDS: Readonly<Record<LanguageId, Readonly<Record<BaseUnit, string>>>> = {
  en: {
    seconds: 's',
    bytes: 'B',
    ratio: '%',
    count: '',
    packets: 'packets',
    segments: 'segments',
    connections: 'connections',
    requests: 'requests',
    pages: 'pages',
    operations: 'operations',
    tasks: 'tasks',
    celsius: '°C',
    bits: 'bit',
    hertz: 'Hz',
    unknown: '',
  },
  zh: {
    seconds: 's',
    bytes: 'B',
    ratio: '%',
    count: '',
    packets: '个包',
    segments: '个报文段',
    connections: '个连接',
    requests: '个请求',
    pages: '页',
    operations: '次操作',
    tasks: '个任务',
    celsius: '°C',
    bits: 'bit',
    hertz: 'Hz',
    unknown: '',
  },
};

/** Between a number and its unit: never a line break. */
const SP = '\u00a0';

/** Three significant digits, no trailing zeros, `1.2×10⁻⁶` outside 10⁻³…10⁶; `–` for a missing number. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  // below a billionth of a billionth there is nothing but rounding
  if (size < 1e-18) return '0';
  if (size >= 1e15 || size < 1e-3) return scientific(value, digits - 1);
  if (size >= 100) return minus(String(Math.round(value)));
  return minus(String(Number(value.toPrecision(digits))));
}

function minus(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits).split('e');
  const power = Array.from(String(Math.abs(Number(exponent))), (digit) => SUPERSCRIPT[Number(digit)]).join('');
  return `${minus(String(Number(mantissa)))}×10${Number(exponent) < 0 ? '⁻' : ''}${power}`;
}

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  let rest = value;
  let step = 0;
  // 10 000 and not 1 000 for decimal prefixes: four digits read faster than a prefix
  const limit = base === 1000 ? 9999.5 : 1023.5;
  while (Math.abs(rest) >= (step === 0 ? limit : base - 0.5) && step < prefixes.length - 1) {
    rest /= base;
    step++;
  }
  return `${formatNumber(rest)}${SP}${prefixes[step] ?? ''}`;
}

function seconds(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return `0${SP}s`;
  if (size < 1e-6) return `${formatNumber(value * 1e9)}${SP}ns`;
  if (size < 1e-3) return `${formatNumber(value * 1e6)}${SP}µs`;
  if (size < 1) return `${formatNumber(value * 1e3)}${SP}ms`;
  if (size < 600) return `${formatNumber(value)}${SP}s`;
  return size < 36_000 ? `${formatNumber(value / 60)}${SP}min` : `${formatNumber(value / 3600)}${SP}h`;
}

/** A number with its unit, with the prefix a reader expects: `1.5 MiB`, `320 ms/s`, `12 connections/s`, `14 %`. */
export function formatQuantity(value: number, unit: Unit, language: LanguageId): string {
  if (!Number.isFinite(value)) return MISSING;
  const perSecond = unit.endsWith('/second');
  const base = (perSecond ? unit.slice(0, -7) : unit) as BaseUnit;
  const rate = perSecond ? '/s' : '';
  if (base === 'ratio') return `${formatNumber(value * 100)}${SP}%${rate}`;
  // a share of a second per second is read in ms/s: minutes per second would be nonsense
  if (base === 'seconds')
    return perSecond
      ? `${formatNumber(Math.abs(value) < 1 ? value * 1000 : value)}${SP}${Math.abs(value) < 1 ? 'ms' : 's'}/s`
      : seconds(value);
  // nobody counts billionths of a byte or a thing: rounding left them over
  if (base !== 'unknown' && Math.abs(value) < 1e-9 && value !== 0) return formatQuantity(0, unit, language);
  if (base === 'bytes') return `${scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])}${rate}`;
  const word = UNIT_WORDS[language][base] ?? '';
  const number = scaled(value, 1000, ['', 'k', 'M', 'G', 'T']).trim();
  return `${number}${word === '' ? '' : ` ${word}`}${rate}`;
}

/** A quantity without a unit that is a word, for axes whose title says it. */
export function formatTick(value: number, unit: Unit, language: LanguageId): string {
  return formatQuantity(value, unit, language).split(UNIT_WORD, 1)[0]!;
}

const UNIT_WORD = /[ \u00a0](?:个|次|页|[a-z]{4})/u;

/** A count in groups of three digits, never broken within. */
export function formatCount(count: number, between = '\u00a0'): string {
  let rest = String(count);
  let groups = '';
  for (; rest.length > 3; rest = rest.slice(0, -3)) groups = between + rest.slice(-3) + groups;
  return rest + groups;
}

/** Name of a unit for the head of an axis or a column: `bytes`, `segments/s`. */
export function unitName(unit: Unit, language: LanguageId): string {
  const perSecond = unit.endsWith('/second');
  const base = (perSecond ? unit.slice(0, -7) : unit) as BaseUnit;
  return `${UNIT_WORDS[language][base] ?? ''}${perSecond ? '/s' : ''}`;
}

/** `14 %`, `0.3 %`, `> 99.9 %`. */
export function formatShare(ratio: number): string {
  if (!Number.isFinite(ratio)) return MISSING;
  if (ratio > 0.999 && ratio < 1) return `>${SP}99.9${SP}%`;
  if (ratio > 0 && ratio < 0.001) return `<${SP}0.1${SP}%`;
  const percent = ratio * 100;
  return `${minus(String(percent >= 10 ? Math.round(percent * (ratio > 0.99 ? 10 : 1)) / (ratio > 0.99 ? 10 : 1) : Math.round(percent * 10) / 10))}${SP}%`;
}

function instant(time: Milliseconds): string | undefined {
  // toISOString throws outside ± 8.64e15 ms, and foreign times may be anything
  return Number.isFinite(time) && Math.abs(time) < 2e14 ? new Date(time).toISOString() : undefined;
}

/** Times that count from a start that is not told are placed at 1970; nothing that is monitored is that old. */
const OLDEST = 365 * 86_400_000;

/** Whether a time can only be one since some start, and no date. */
export function isRelative(time: Milliseconds): boolean {
  return time >= 0 && time < OLDEST;
}

/** `2026-07-14 08:12:22`, UTC; `08:12:22` for a time since a start that is not told, `2 d 08:12:22` when it is long. */
export function formatTime(time: Milliseconds): string {
  if (!isRelative(time)) return instant(time)?.slice(0, 19).replace('T', ' ') ?? MISSING;
  const days = Math.floor(time / 86_400_000);
  return `${days === 0 ? '' : `${days}${SP}d `}${formatClock(time)}`;
}

/** `08:12:22`, UTC. */
export function formatClock(time: Milliseconds): string {
  return instant(time)?.slice(11, 19) ?? MISSING;
}

/** The end of a span: without the day where that is the day of its start. */
export function timeAfter(from: Milliseconds, to: Milliseconds): string {
  return formatDay(from) === formatDay(to) ? formatClock(to) : formatTime(to);
}

/** `2026-07-14`, UTC. */
export function formatDay(time: Milliseconds): string {
  return instant(time)?.slice(0, 10) ?? MISSING;
}

/** A span of time: `250 ms`, `26 s`, `3 min 20 s`, `5 h 10 min`, `12 d`. */
export function formatDuration(span: Milliseconds): string {
  if (!Number.isFinite(span)) return MISSING;
  if (Math.abs(span) < 100) return `${formatNumber(span)}${SP}ms`;
  const total = Math.round(span / 1000);
  if (total < 120) return span < 10_000 ? `${formatNumber(span / 1000, 2)}${SP}s` : `${total}${SP}s`;
  if (total < 7200) return pair(Math.floor(total / 60), 'min', total % 60, 's');
  if (total < 172_800) return pair(Math.floor(total / 3600), 'h', Math.round((total % 3600) / 60), 'min');
  return `${formatNumber(total / 86_400, 2)}${SP}d`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${SP}${largeUnit}` : `${large}${SP}${largeUnit} ${small}${SP}${smallUnit}`;
}

/** `p = 0.02`-style numbers: two digits, never `0`. */
export function formatP(p: number): string {
  if (!Number.isFinite(p)) return MISSING;
  if (p < 1e-12) return `<${SP}10⁻¹²`;
  return formatNumber(p, 2);
}
