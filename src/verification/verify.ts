import { causes } from '../causes/all.js';
import type { Remedy } from '../causes/cause.js';
import { totalOver } from '../incidents/observe.js';
import { poissonLower } from '../stats/count-law.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Milliseconds, Ratio } from '../types/units.js';

/** What became of one watched signal. */
export interface Watched {
  readonly cause: string;
  readonly remedy: string;
  readonly signal: string;
  readonly expect: 'zero' | 'down' | 'up';
  /** Level in the incident before, and highest level of any span as long in the second dump; null when not collected. */
  readonly before: number | null;
  readonly after: number | null;
  readonly verdict: 'changed as expected' | 'unchanged' | 'not collected';
}

/** A second dump graded against the first. */
export interface Verification {
  readonly cause: string;
  readonly episodes: {
    readonly before: number;
    readonly after: number;
    readonly beforeSpan: Milliseconds;
    readonly afterSpan: Milliseconds;
    /** Upper 95 % limit of the episodes per hour that the second dump leaves possible. */
    readonly highestRate: number;
    /** Span without an episode that shows with 95 % that they became rarer: 3 / λ, λ the rate before. */
    readonly needed: Milliseconds;
  };
  readonly watched: readonly Watched[];
  readonly verdict: 'worked' | 'failed' | 'too early to tell' | 'no incident before';
}

const HOUR = 3_600_000;
/** Share of the level before that still counts as "zero" and as "down". */
const REMAINS: Readonly<Record<'zero' | 'down', Ratio>> = { zero: 0.05, down: 0.5 };

/**
 * Grades a dump taken after a remedy against one taken before it: did the mechanism's signal change as the remedy
 * promises, did the episodes stop, and was the second dump long enough to tell?
 * @remarks Without an episode in T hours the rate is below 3/T with 95 % (rule of three, Hanley & Lippman-Hand 1983,
 * JAMA 249:1743); with k episodes the limit is Garwood's exact one.
 * @example
 * verify(await inquire(await openDump('before.tgz')), await inquire(await openDump('after.tgz'))).verdict // 'worked'
 */
export function verify(before: Inquiry, after: Inquiry): Verification {
  const incident = before.diagnosis.incidents[0];
  const cause = incident?.hypotheses.find((h) => h.cause !== 'unknown')?.cause ?? 'unknown';
  const same = (inquiry: Inquiry): number =>
    inquiry.diagnosis.incidents.filter(
      ({ hypotheses, verdict }) => verdict !== 'benign' && hypotheses[0]?.cause === cause,
    ).length;
  const spans = { before: spanOf(before), after: spanOf(after) };
  const counts = {
    before: before.diagnosis.incidents.length,
    after: incident === undefined ? after.diagnosis.incidents.length : same(after),
  };
  const rate = counts.before / Math.max(spans.before / HOUR, Number.MIN_VALUE);
  const needed = rate > 0 ? (3 / rate) * HOUR : 0;
  const watched = incident === undefined ? [] : watch(cause, before, after);
  return {
    cause,
    episodes: {
      before: counts.before,
      after: counts.after,
      beforeSpan: spans.before,
      afterSpan: spans.after,
      highestRate: highestRate(counts.after, spans.after / HOUR),
      needed,
    },
    watched,
    verdict: verdictOf(incident !== undefined, counts.after, spans.after >= needed, watched),
  };
}

function verdictOf(
  known: boolean,
  episodes: number,
  longEnough: boolean,
  watched: readonly Watched[],
): Verification['verdict'] {
  if (!known) return 'no incident before';
  if (episodes > 0 || watched.some(({ verdict }) => verdict === 'unchanged')) return 'failed';
  return longEnough ? 'worked' : 'too early to tell';
}

function spanOf({ diagnosis: { span } }: Inquiry): Milliseconds {
  return Math.max(0, span.to - span.from);
}

/** Garwood's upper 95 % limit of a Poisson rate, events per hour; infinite for no time at all. */
export function highestRate(events: number, hours: number): number {
  if (!(hours > 0)) return Infinity;
  let low = events;
  let high = 3 + events * 3 + 10;
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonLower(events, mid) > 0.05) low = mid;
    else high = mid;
  }
  return high / hours;
}

function watch(cause: string, before: Inquiry, after: Inquiry): readonly Watched[] {
  const remedies: readonly Remedy[] = causes.find(({ id }) => id === cause)?.remedies ?? [];
  const seen = new Set<string>();
  return remedies.flatMap((remedy) => {
    if (remedy.watch === undefined) return [];
    // several remedies may promise the same
    const promise = `${remedy.watch.signal} ${remedy.watch.expect}`;
    if (seen.has(promise)) return [];
    seen.add(promise);
    return [watchOne(cause, remedy, remedy.watch, before, after)];
  });
}

function watchOne(
  cause: string,
  remedy: Remedy,
  { signal, expect }: NonNullable<Remedy['watch']>,
  before: Inquiry,
  after: Inquiry,
): Watched {
  const { from, to } = before.diagnosis.incidents[0]!.window;
  const was = levelIn(before, signal, from, to);
  const is = highestLevel(after, signal, to - from);
  const base = { cause, remedy: remedy.id, signal, expect, before: was, after: is };
  if (was === null || is === null) return { ...base, verdict: 'not collected' };
  const fulfilled = expect === 'up' ? is > was : is <= REMAINS[expect] * was;
  return { ...base, verdict: fulfilled ? 'changed as expected' : 'unchanged' };
}

/** Highest mean level of any series of a signal over a span; null when none has samples there. */
function levelIn({ tracks }: Inquiry, signal: string, from: Milliseconds, to: Milliseconds): number | null {
  const seconds = Math.max(1, (to - from) / 1000);
  const levels = tracks.flatMap((track) => {
    if (track.series.signal !== signal) return [];
    if (track.series.kind === 'gauge') {
      const inside = [...track.value].filter(
        (value, i) => track.time[i]! >= from && track.time[i]! <= to && !Number.isNaN(value),
      );
      return inside.length === 0 ? [] : [inside.reduce((sum, value) => sum + value, 0) / inside.length];
    }
    const total = totalOver(track, { from, to });
    return total === null ? [] : [total.total / seconds];
  });
  return levels.length === 0 ? null : Math.max(...levels);
}

/** The highest level over spans of the incident's length, laid side by side over the whole dump. */
function highestLevel(inquiry: Inquiry, signal: string, length: Milliseconds): number | null {
  const { from, to } = inquiry.diagnosis.span;
  const step = Math.max(length, (to - from) / 1000, 1);
  let highest: number | null = null;
  for (let at = from; at < to; at += step) {
    const level = levelIn(inquiry, signal, at, at + step);
    if (level !== null && (highest === null || level > highest)) highest = level;
  }
  return highest;
}
