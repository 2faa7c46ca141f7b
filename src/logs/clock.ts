import type { Sink } from '../importers/importer.js';
import type { Milliseconds } from '../types/units.js';
import { isAmbiguousZone, type Stamp } from './time.js';

/** Instants outside are clocks that were never set, Go zero times or sentinels, and stay off the time axis. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** A stamp without a year may lie this far behind the moment the file was taken: zones differ by up to 26 h. */
const AHEAD = 36 * 3_600_000;

/** Whether an instant can be the time of something that was recorded by a computer with a set clock. */
export function plausible(time: Milliseconds): boolean {
  return time >= EARLIEST && time < LATEST;
}

/**
 * Turns the stamps of one file into instants and tells the sink how they are meant. The first stamp decides the
 * clock of the file; what deviates is reported once.
 */
export class LogClock {
  readonly #sink: Sink;
  /** Latest instant the log can speak of; gives the year to stamps without one. */
  #until: Milliseconds | undefined;
  #zone: 'utc' | 'local' | undefined;
  #kind: 'utc' | 'local' | 'relative' | undefined;
  #yearSaid = false;
  #mixedSaid = false;
  #zoneSaid = false;
  #origin: Milliseconds | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#until = sink.taken?.time;
  }

  /** States what a header says: the last instant of the log and the zone of its stamps. */
  header(until: Milliseconds, zone: 'utc' | 'local'): void {
    this.#until = until;
    this.#zone = zone;
    this.#yearSaid = true;
  }

  /** Instant of a stamp as it goes to the sink; undefined when it names none or none that can be. */
  resolve(stamp: Stamp, line: number): Milliseconds | undefined {
    if (Number.isNaN(stamp.time)) {
      this.#sink.problem('IMPOSSIBLE_TIME', {}, line);
      return undefined;
    }
    const time = stamp.yearless ? this.#withYear(stamp.time, line) : stamp.time;
    if (this.#kind !== 'relative' && !plausible(time)) {
      this.#sink.problem('IMPOSSIBLE_TIME', {}, line);
      return undefined;
    }
    this.#declare(stamp, line);
    return time;
  }

  #declare(stamp: Stamp, line: number): void {
    const absolute = stamp.zone === 'utc' || stamp.zone === 'offset' || this.#zone === 'utc';
    const kind = absolute ? 'utc' : 'local';
    if (stamp.zone === 'unknown' && !this.#zoneSaid) {
      this.#zoneSaid = true;
      const zone = stamp.written ?? '';
      this.#sink.problem(isAmbiguousZone(zone) ? 'ZONE_ABBREVIATION' : 'UNKNOWN_ZONE', { zone }, line);
    }
    if (this.#kind === undefined) {
      this.#kind = kind;
      if (stamp.zone === 'offset') this.#sink.clock({ kind: 'offset', zone: stamp.written ?? '' });
      else this.#sink.clock({ kind });
    } else if (this.#kind !== 'relative' && this.#kind !== kind && !this.#mixedSaid) {
      this.#mixedSaid = true;
      this.#sink.problem('MIXED_ZONES', { first: this.#kind, other: kind }, line);
    }
  }

  /** The year that puts a stamp before the moment the file was taken, and nearest to it. */
  #withYear(time: Milliseconds, line: number): Milliseconds {
    const until = this.#until;
    if (until === undefined) return this.#relative(time, line);
    const date = new Date(time);
    let year = new Date(until).getUTCFullYear() + 1;
    // 29 February exists only every fourth year, so more than two candidates are tried
    for (let tries = 0; tries < 10; tries++, year--) {
      const moved = Date.UTC(year, date.getUTCMonth(), date.getUTCDate()) + (time % 86_400_000);
      if (moved <= until + AHEAD && new Date(moved).getUTCDate() === date.getUTCDate()) {
        if (!this.#yearSaid) {
          this.#yearSaid = true;
          this.#sink.problem('YEAR_ASSUMED', { year, how: this.#sink.taken?.how ?? 'file' }, line);
        }
        return moved;
      }
    }
    return Number.NaN;
  }

  #relative(time: Milliseconds, line: number): Milliseconds {
    if (this.#origin === undefined) {
      this.#origin = time;
      this.#kind = 'relative';
      this.#sink.clock({ kind: 'relative' });
      this.#sink.problem('YEAR_UNKNOWN', {}, line);
    }
    return time - this.#origin;
  }
}
