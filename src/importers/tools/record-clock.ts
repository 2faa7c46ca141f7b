import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import { DAY, parseDate, stampOf, timeOfDay, ZonedClock } from './clock.js';
import { isTree, listOf, textOf, type Tree } from './sysstat-tree.js';

/** Reads the times of records: sadf's `{date, time, utc | tz}`, mpstat's bare time, iostat's date and time. */
export class RecordClock {
  readonly #zoned: ZonedClock;
  readonly #sink: Sink;
  readonly #day: Milliseconds | undefined;
  #last: Milliseconds | undefined;

  /** @param date date of the host block, for records that carry the time of day alone */
  constructor(sink: Sink, date: unknown) {
    this.#sink = sink;
    this.#zoned = new ZonedClock(sink);
    const parsed = typeof date === 'string' ? parseDate(date) : undefined;
    this.#day = parsed?.day;
    if (parsed?.ambiguous === true) sink.problem('AMBIGUOUS_DATE', { date: String(date) });
  }

  /** Instant of a stamp; undefined when it says nothing. */
  at(stamp: unknown): Milliseconds | undefined {
    if (typeof stamp === 'string') return this.#text(stamp);
    if (!isTree(stamp)) return undefined;
    const day = parseDate(String(stamp['date']))?.day;
    const time = timeOfDay(String(stamp['time']));
    if (day === undefined || time === undefined) return undefined;
    const { utc, tz } = stamp;
    const zone = utc === 1 || utc === '1' ? 'UTC' : typeof tz === 'string' ? tz : '';
    return this.#zoned.at(day + time, zone);
  }

  #text(stamp: string): Milliseconds | undefined {
    const full = stampOf(stamp);
    if (full !== undefined) return this.#zoned.at(full.wall, full.zone);
    const cells = stamp.trim().split(/\s+/);
    const date = parseDate(cells[0]);
    const [clock, half] = date === undefined ? cells : cells.slice(1);
    const time = timeOfDay(clock, half);
    if (time === undefined) return undefined;
    if (date?.ambiguous === true && this.#last === undefined)
      this.#sink.problem('AMBIGUOUS_DATE', { date: cells[0] ?? '' });
    const at = date === undefined ? this.#undated(time) : date.day + time;
    this.#last = at;
    return this.#zoned.at(at, undefined);
  }

  /** A time of day on the day of the host block, or on a later one when midnight has passed. */
  #undated(time: Milliseconds): Milliseconds {
    if (this.#day === undefined && this.#last === undefined) this.#sink.problem('NO_DATE');
    const at = (this.#day ?? 0) + time;
    const last = this.#last ?? at;
    return at < last ? at + Math.ceil((last - at) / DAY) * DAY : at;
  }
}

/** Pushes the restarts and comments that sadf lists beside the samples. */
export function pushRestarts(sink: Sink, host: Tree, labels: Labels, clock: RecordClock): number {
  let restarts = 0;
  const entries = (key: string, inner: string): Tree[] => {
    const list = listOf(host[key]).flatMap((entry) => (isTree(entry) ? listOf(entry[inner]) : []));
    return list.filter(isTree);
  };
  for (const boot of entries('restarts', 'boot')) {
    const time = clock.at(boot);
    if (time === undefined) continue;
    restarts++;
    const cpus = boot['cpu_count'] === undefined ? '' : ` (${textOf(boot['cpu_count'])} CPU)`;
    sink.event({ time, kind: 'host.restart', labels, message: `LINUX RESTART${cpus}` });
  }
  for (const comment of entries('comments', 'comment')) {
    const time = clock.at(comment);
    const text = comment['com'];
    if (time !== undefined) sink.event({ time, kind: 'sysstat.comment', labels, message: String(text).slice(0, 500) });
  }
  return restarts;
}
