import type { LogWriter } from '../logs/writer.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { word } from './event.js';
import { age } from './quantity.js';
import { apiTime } from './time.js';

const AGES = /^(\S{1,30})(?: \(x(\d{1,9}) over (\S{1,30})\))?$/;

/** An event as a kubectl table shows it. */
export interface RelativeEvent {
  /** `3m12s`, or `3m12s (x5 over 10m)`; custom columns show the instant itself. */
  readonly seen: string;
  /** Age of the first occurrence where a column of its own tells it. */
  readonly first?: string;
  readonly count?: number;
  readonly reason: string;
  readonly type: string;
  readonly message: string;
  readonly labels: Labels;
}

/** Writes an event whose times are ages; they count from `now`, and without it the event stays untimed. */
export function writeRelative(
  writer: LogWriter,
  event: RelativeEvent,
  now: Milliseconds | undefined,
  line: number,
): void {
  const ages = AGES.exec(event.seen);
  const since = ages ? age(ages[1]!) : Number.NaN;
  const over = age(ages?.[3] ?? event.first ?? '') - since;
  const duration = over > 0 ? over : 0;
  const count = ages?.[2] === undefined ? event.count : Number(ages[2]);
  const time = apiTime(event.seen) ?? (now === undefined ? Number.NaN : now - since - duration);
  writer.write({
    time: Number.isNaN(time) ? undefined : time,
    line,
    kind: `kubernetes.${word(event.reason) ?? 'Event'}`,
    message: event.message,
    level: event.type === 'Warning' ? 'warn' : 'info',
    labels: { ...event.labels, ...(event.type === '' ? {} : { type: event.type }) },
    ...(duration > 0 ? { duration } : {}),
    ...positive(count),
  });
}

function positive(count: number | undefined): { count?: number } {
  return count !== undefined && count > 0 ? { count } : {};
}
