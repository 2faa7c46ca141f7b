import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import { timeOfDay } from './clock.js';

/** What the line of `uptime`, `w` and `top` says. */
export interface Uptime {
  /** Milliseconds since midnight, local. */
  readonly time: Milliseconds;
  /** Seconds since boot; undefined when it cannot be read. */
  readonly up: number | undefined;
  readonly users: number | undefined;
  /** Load over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number];
}

const LINE =
  /^\s{0,4}(?:top - )?(\d{1,2}:\d{2}:\d{2})\s{1,4}up\s{1,4}(.{1,60}?),\s{1,4}(?:(\d{1,6})\s{1,4}users?,\s{1,4})?load average: (\d{1,6}[.,]\d{1,3}),? {1,4}(\d{1,6}[.,]\d{1,3}),? {1,4}(\d{1,6}[.,]\d{1,3})/;

/** The first line of `top` in other languages. */
const FOREIGN =
  /^top - (\d{1,2}:\d{2}:\d{2})\s{1,4}\p{L}{1,16}\s{1,4}(.{1,60}?),\s{1,4}(?:(\d{1,6})\s{1,4}\p{L}{1,24},\s{1,4})?[\p{L} ]{3,40}\s?: (\d{1,6}[.,]\d{1,3}),? {1,4}(\d{1,6}[.,]\d{1,3}),? {1,4}(\d{1,6}[.,]\d{1,3})/u;

/** Reads ` 10:25:20 up 16:03,  2 users,  load average: 0.00, 0.01, 0.05`; undefined for any other line. */
export function uptimeOf(line: string): Uptime | undefined {
  const parts = line.length > 200 ? null : (LINE.exec(line) ?? FOREIGN.exec(line));
  if (parts === null) return undefined;
  const [, clock, up = '', users, ...load] = parts;
  const time = timeOfDay(clock);
  if (time === undefined) return undefined;
  const [one = Number.NaN, five = Number.NaN, fifteen = Number.NaN] = load.map((text) =>
    Number((text ?? '').replace(',', '.')),
  );
  return {
    time,
    up: secondsUp(up),
    users: users === undefined ? undefined : Number(users),
    load: [one, five, fifteen],
  };
}

/** Seconds of `16:03`, `2 min`, `12 days,  3:04`, `1 day, 22 min`. */
function secondsUp(text: string): number | undefined {
  const days = /(\d{1,6}) days?/.exec(text) ?? /^(\d{1,6}) \p{L}{1,12},\s{1,4}\d{1,2}:\d{2}$/u.exec(text);
  const clock = /(\d{1,2}):(\d{2})/.exec(text);
  const minutes = /(\d{1,3}) min/.exec(text);
  const hours = /(\d{1,3}) (?:hours?|hrs?)/.exec(text);
  if (days === null && clock === null && minutes === null && hours === null) return undefined;
  const hour = clock === null ? Number(hours?.[1] ?? 0) : Number(clock[1]);
  const minute = clock === null ? Number(minutes?.[1] ?? 0) : Number(clock[2]);
  return ((Number(days?.[1] ?? 0) * 24 + hour) * 60 + minute) * 60;
}

/** Pushes the load averages, and uptime and users as facts. */
export function pushUptime(
  sink: Sink,
  uptime: Uptime,
  labels: Labels,
  time: Milliseconds,
  line: number,
  first: boolean,
): void {
  for (const [i, name] of (['load1', 'load5', 'load15'] as const).entries())
    sink
      .series(`proc.loadavg.${name}`, labels, { kind: 'gauge', unit: 'tasks', rounding: 0.005 })
      .push(time, uptime.load[i] ?? Number.NaN, line);
  if (uptime.users !== undefined) sink.series('uptime.users', labels, { kind: 'gauge' }).push(time, uptime.users, line);
  if (first && uptime.up !== undefined) sink.fact('host.uptime', uptime.up, { labels, unit: 'seconds', line, time });
}
