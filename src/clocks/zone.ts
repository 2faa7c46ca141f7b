import { Temporal } from 'temporal-polyfill';
import type { Milliseconds } from '../types/units.js';
import { offsetText } from '../table/clock.js';

/** A rule that turns wall-clock times into instants. */
export interface Zone {
  /** IANA name, or a fixed offset such as `+08:00`. */
  readonly name: string;
  /**
   * Epoch ms of wall-clock times given as if they were UTC, ascending. Times in the hour that clocks skip in spring are
   * read by the offset before it; of the hour that they repeat in autumn the first pass is taken, unless `folds` tells.
   * @param folds instants (as given) from which on an hour has been added to keep the times in order
   */
  toUtc(local: Float64Array, folds?: readonly Milliseconds[]): Float64Array;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Offset in ms, of `+08:00`, `-0330`, `UTC+8`, `Z`, `UTC`; undefined for anything else. */
export function fixedOffset(text: string): Milliseconds | undefined {
  if (/^(?:z|utc|gmt|etc\/utc|etc\/gmt)$/i.test(text)) return 0;
  const match = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return undefined;
  return (match[1] === '-' ? -minutes : minutes) * MINUTE;
}

/** Zone of a constant offset. */
export function fixedZone(offset: Milliseconds): Zone {
  return {
    name: offset === 0 ? 'UTC' : offsetText(offset / MINUTE),
    // an hour added at a fold is elapsed time, and a constant offset has no folds
    toUtc: (local) => local.map((time) => time - offset),
  };
}

/** The zone of a name or offset; null when there is no such zone. */
export function zoneOf(text: string): Zone | null {
  const offset = fixedOffset(text.trim());
  if (offset !== undefined) return fixedZone(offset);
  try {
    const name = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text.trim()).timeZoneId;
    return { name, toUtc: (local, folds) => convert(name, local, folds ?? []) };
  } catch {
    return null;
  }
}

/** A stretch of constant offset: from the first instant (UTC) that has it. */
interface Stretch {
  readonly from: Milliseconds;
  readonly offset: Milliseconds;
}

/** Offsets of a zone over a span of instants, in order. */
export function stretches(name: string, from: Milliseconds, to: Milliseconds): readonly Stretch[] {
  const found: Stretch[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Math.floor(from)).toZonedDateTimeISO(name);
  found.push({ from: -Infinity, offset: at.offsetNanoseconds / 1e6 });
  for (let i = 0; i < 1000; i++) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to) break;
    found.push({ from: next.epochMilliseconds, offset: next.offsetNanoseconds / 1e6 });
    at = next;
  }
  return found;
}

function convert(name: string, local: Float64Array, folds: readonly Milliseconds[]): Float64Array {
  const first = local.find((time) => Number.isFinite(time));
  if (first === undefined) return local.slice();
  let last = first;
  for (const time of local) if (time > last) last = time;
  const parts = stretches(name, first - DAY, last + DAY);
  return local.map((time) => {
    const put = folds.filter((fold) => time >= fold).length;
    // an hour was added behind each fold; the wall clock showed it without
    return instantOf(parts, time - put * HOUR, put > 0);
  });
}

function instantOf(parts: readonly Stretch[], wall: Milliseconds, later: boolean): Milliseconds {
  let chosen: Milliseconds | undefined;
  for (let i = 0; i < parts.length; i++) {
    const { from, offset } = parts[i]!;
    const instant = wall - offset;
    const until = parts[i + 1]?.from ?? Infinity;
    if (instant >= from && instant < until) {
      chosen = instant;
      if (!later) break;
    }
  }
  if (chosen !== undefined) return chosen;
  // a time that the clock never showed: by the offset before the change
  const gap = parts.findIndex((part, i) => i > 0 && wall - part.offset < part.from);
  return wall - parts[gap < 0 ? parts.length - 1 : gap - 1]!.offset;
}

/** Zones whose clocks change, one for each rule in wide use; for spans across a change a constant offset does not fit. */
export const CHANGING: readonly string[] = [
  'Europe/London', 'Europe/Berlin', 'Europe/Athens', 'America/St_Johns', 'America/Halifax', 'America/New_York',
  'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'America/Havana', 'America/Santiago',
  'Africa/Cairo', 'Asia/Jerusalem', 'Asia/Beirut', 'Australia/Adelaide', 'Australia/Sydney', 'Australia/Lord_Howe',
  'Pacific/Auckland', 'Pacific/Chatham',
]; // prettier-ignore

/** Best-known zones by standard offset in hours, to say more than a number. */
const EXAMPLES: readonly string[] = [
  'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/Los_Angeles', 'Asia/Kolkata', 'Asia/Tokyo',
  'Europe/London', 'America/Chicago', 'Australia/Sydney', 'Europe/Moscow', 'America/Sao_Paulo', 'Asia/Dubai',
  'Asia/Jakarta', 'Asia/Kathmandu', 'Pacific/Auckland', 'America/Denver', 'Europe/Athens',
]; // prettier-ignore

/** Well-known zones that have this offset at an instant, best-known first. */
export function zonesAt(offset: Milliseconds, instant: Milliseconds): readonly string[] {
  return EXAMPLES.filter((name) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(name);
    return zoned.offsetNanoseconds / 1e6 === offset;
  });
}
