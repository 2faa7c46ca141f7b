import { gap } from '../detectors/gap.js';
import { reset } from '../detectors/reset.js';
import { toTrack } from '../series/rate.js';
import type { Artefact } from '../types/artefact.js';
import type { Finding } from '../types/finding.js';
import type { Series } from '../types/series.js';
import type { Track } from '../types/track.js';
import type { Milliseconds } from '../types/units.js';
import { straightened } from './clock-back.js';
import { clockSteps, withoutInterleaved } from './clock-step.js';
import { withoutCopies } from './copy.js';
import { withoutMisreads } from './misread.js';
import { missedScrapes } from './missed.js';
import { restarts } from './restart.js';

/** What is left once the measuring has been looked at: tracks without the samples that artefacts spoilt. */
export interface Recognised {
  readonly artefacts: readonly Artefact[];
  readonly tracks: readonly Track[];
  /** First to last sample, where clocks were put right. */
  readonly span?: { readonly from: Milliseconds; readonly to: Milliseconds };
}

/**
 * Tracks for detection, with the artefacts of the measuring recognised first: samples they spoilt are missing, never
 * evidence. The order matters: clocks are put right before anything is compared in time, and counters that were misread
 * before resets are counted.
 */
export function recognise(series: readonly Series[]): Recognised {
  const straight = straightened(series);
  const single = withoutCopies(straight.series);
  const apart = withoutInterleaved(single.series);
  const read = withoutMisreads(apart.series);
  const clocks = clockSteps(read.series);
  const artefacts = [
    ...straight.artefacts,
    ...single.artefacts,
    ...apart.artefacts,
    ...read.artefacts,
    ...clocks.artefacts,
    ...restarts(read.series),
    ...unexplained(missedScrapes(read.series), clocks.artefacts),
  ];
  return {
    artefacts: artefacts.sort((a, b) => a.from - b.from || a.to - b.to || (a.kind < b.kind ? -1 : 1)),
    tracks: read.series.map((one) => without(toTrack(one), clocks.intervals.get(one))),
    ...(straight.artefacts.length > 0 && { span: spanOf(read.series) }),
  };
}

function spanOf(series: readonly Series[]): { from: Milliseconds; to: Milliseconds } {
  const long = series.filter(({ time }) => time.length > 1);
  const from = long.reduce((first, { time }) => Math.min(first, time[0]!), Infinity);
  return { from, to: long.reduce((last, { time }) => Math.max(last, time.at(-1)!), from) };
}

/** Holes that are not the step of a clock. */
function unexplained(missed: readonly Artefact[], steps: readonly Artefact[]): Artefact[] {
  return missed.filter((one) => !steps.some((step) => step.from < one.to && step.to > one.from));
}

function without(track: Track, intervals: ReadonlySet<number> | undefined): Track {
  if (intervals === undefined) return track;
  const hide = (column: Float64Array): Float64Array => column.map((x, i) => (intervals.has(i) ? NaN : x));
  return { ...track, value: hide(track.value), ...(track.count !== undefined && { count: hide(track.count) }) };
}

/** Artefacts with the findings that show them: resets and gaps in series of their signals at their time. */
export function withFindings(artefacts: readonly Artefact[], findings: readonly Finding[]): readonly Artefact[] {
  return artefacts.map((artefact) => {
    const patterns = artefact.kind === 'restart' ? [reset.pattern] : [reset.pattern, gap.pattern];
    const own = findings.filter(
      (f) =>
        patterns.includes(f.pattern) &&
        f.from < artefact.to &&
        f.to > artefact.from &&
        artefact.signals.includes(f.signal),
    );
    return { ...artefact, findings: own.map(({ id }) => id) };
  });
}
