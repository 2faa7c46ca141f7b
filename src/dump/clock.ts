import type { Milliseconds } from '../types/units.js';

/** When a file was taken and what told so. */
export interface Taken {
  readonly time: Milliseconds;
  readonly how: 'path' | 'date-line' | 'archive' | 'file';
}

const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2100, 0, 1);
// `2024-05-06_10-00-00`, `2024-05-06T10:00:00.5Z`, `20240506T100000+0800`, `20240506-100000`
const STAMP =
  /(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)[T_ .-]{1,2}(\d\d)([-_:.hH]?)(\d\d)\6(\d\d)(?:[.,](\d{1,9}))?[sS]?(Z|UTC|[+-]\d\d:?\d\d)?(?!\d)/;

/**
 * Time told by a path: the innermost segment that is, or begins or ends with, an epoch in seconds or milliseconds or a
 * date with a time of day. A stamp without an offset is taken as UTC.
 */
export function timeOfPath(path: string): Milliseconds | undefined {
  const segments = path.split('/');
  for (let i = segments.length - 1; i >= 0; i--) {
    const time = timeOfSegment(segments[i]!);
    if (time !== undefined) return time;
  }
  return undefined;
}

const cache = new Map<string, Milliseconds | undefined>();

function timeOfSegment(segment: string): Milliseconds | undefined {
  if (segment.length < 10 || !/\d{4}/.test(segment)) return undefined;
  if (cache.has(segment)) return cache.get(segment);
  if (cache.size > 10_000) cache.clear();
  const time = epochOf(segment) ?? stampOf(segment);
  cache.set(segment, time);
  return time;
}

function epochOf(segment: string): Milliseconds | undefined {
  const digits = /(?:^|[^\d.])(\d{10}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?)(?:[^\d]|$)/.exec(segment)?.[1];
  if (digits === undefined) return undefined;
  const whole = digits.indexOf('.') < 0 ? digits.length : 10;
  const time = whole === 10 ? Number(digits) * 1000 : Number(digits.slice(0, 13));
  return plausible(Math.round(time));
}

function stampOf(segment: string): Milliseconds | undefined {
  const match = STAMP.exec(segment);
  if (match === null) return undefined;
  const [, year, , month, day, hour, , minute, second, fraction, offset] = match;
  const date = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  if (new Date(date).getUTCDate() !== +day! || +hour! > 23 || +minute! > 59 || +second! > 60) return undefined;
  const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return plausible(date + ms - offsetOf(offset));
}

/** Offset like `+08:00`, `-0330`, `Z`; 0 when absent. */
function offsetOf(offset: string | undefined): Milliseconds {
  if (offset === undefined || !/^[+-]/.test(offset)) return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}

function plausible(time: Milliseconds): Milliseconds | undefined {
  return time >= FROM && time < TO ? time : undefined;
}
