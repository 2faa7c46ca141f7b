import type { Milliseconds } from '../types/units.js';

const MONTHS: Readonly<Record<string, number>> = {
  Jan: 0,
  Feb: 1,
  Mar: 2,
  Apr: 3,
  May: 4,
  Jun: 5,
  Jul: 6,
  Aug: 7,
  Sep: 8,
  Oct: 9,
  Nov: 10,
  Dec: 11,
};
const DATE =
  /^(?:zzz +)?\**(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:([A-Z][a-z]{2}) +(\d{1,2})|(\d{1,2}) +([A-Z][a-z]{2}))(?: +(\d{4}))? +(\d\d):(\d\d):(\d\d)(?: (AM|PM))?(?: +([A-Z]{1,5}|[+-]\d{2,4}))?(?: +(\d{4}))?\s*\**$/;
const ISO =
  /^(?:[-=#*]+ *)?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|UTC|[+-]\d\d:?\d\d)?(?: *[-=#*]+)?$/;
const EPOCH = /^(?:[-=#@*]+ *)(1\d{9}|1\d{12})(?:\.(\d{1,9}))?(?: *[-=#*]+)?$/;

/** An instant that a separator line between two snapshots gives. */
export interface SeparatorTime {
  readonly time: Milliseconds;
  /** Wall-clock time without a zone, read as if it were UTC. */
  readonly local: boolean;
}

/**
 * The time of a line that is nothing but a date: the output of `date`, an ISO time, `zzz ***Mon Nov 23 …`, `--- 1700000000`.
 * undefined for every other line. A named zone other than UTC is not trusted (CST is three zones): such a time is local.
 */
export function separatorTime(line: string): SeparatorTime | undefined {
  if (line.length < 8 || line.length > 64) return undefined;
  const iso = ISO.exec(line);
  if (iso !== null) {
    const ms = Number((iso[7] ?? '0').padEnd(3, '0').slice(0, 3));
    const utc = Date.UTC(+iso[1]!, +iso[2]! - 1, +iso[3]!, +iso[4]!, +iso[5]!, +iso[6]!, ms);
    return { time: utc - offsetOf(iso[8]), local: iso[8] === undefined };
  }
  const epoch = EPOCH.exec(line);
  if (epoch !== null) {
    const digits = epoch[1]!;
    return { time: Number(digits) * (digits.length === 10 ? 1000 : 1) + fractionOf(epoch[2]), local: false };
  }
  return dateLine(line);
}

function dateLine(line: string): SeparatorTime | undefined {
  const date = DATE.exec(line);
  if (date === null) return undefined;
  const month = MONTHS[date[1] ?? date[4] ?? ''];
  const year = date[5] ?? date[11];
  if (month === undefined || year === undefined) return undefined;
  let hour = Number(date[6]);
  if (date[9] !== undefined) hour = (hour % 12) + (date[9] === 'PM' ? 12 : 0);
  const utc = Date.UTC(+year, month, Number(date[2] ?? date[3]), hour, +date[7]!, +date[8]!);
  const zone = date[10];
  const known = zone === 'UTC' || zone === 'GMT' || (zone !== undefined && /^[+-]/.test(zone));
  return { time: utc - (known ? offsetOf(zone) : 0), local: !known };
}

function offsetOf(zone: string | undefined): Milliseconds {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return (zone.startsWith('-') ? -60_000 : 60_000) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4)));
}

function fractionOf(digits: string | undefined): Milliseconds {
  return digits === undefined ? 0 : Number(digits.padEnd(3, '0').slice(0, 3));
}
