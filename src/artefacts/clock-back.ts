import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { holes } from './missed.js';
import { artefactOf, byTarget, signalsOf, targetOf, together, type Mark } from './target.js';

/** More steps back than this are disorder, not a clock. */
const MOST = 3;
/** Samples on either side of a step. */
const FEWEST = 3;
/** Counters that must go on where the clock went back. */
const SIGNALS = 2;

interface Back {
  /** Line from which on times are too early. */
  readonly line: number;
  readonly by: Milliseconds;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Series on the clock that was not set back, and what was found. */
export interface Straightened {
  readonly artefacts: readonly Artefact[];
  readonly series: readonly Series[];
}

/**
 * Undoes steps back of the clock that wrote a file. Lines are written one after the other: where their times go back
 * once while the counters on them go on, the clock was set back. In the order of time the same counters would fall or
 * jump to and fro. From the step on the times are moved so that they follow one step after those before it.
 */
export function straightened(series: readonly Series[]): Straightened {
  const artefacts: Artefact[] = [];
  const moved = new Map<Series, Series>();
  for (const { marks, own, by } of wrapped(series)) {
    if (own.length === 0) continue;
    const to = Math.max(...marks.map((mark) => mark.to));
    for (const one of own) moved.set(one, turned(one, to, by));
    const target = targetOf(marks[0]!.series);
    artefacts.push(artefactOf('clock-step', target, marks, own.length, { setAside: 0, step: -by, corrected: true }));
  }
  for (const [file, own] of byFile(series.filter((one) => !moved.has(one)))) {
    const backs = stepsBack(own);
    const proof = own.filter((one) => goesOn(one, backs));
    if (backs.length === 0 || signalsOf(proof).length < SIGNALS) continue;
    for (const one of own) moved.set(one, shifted(one, backs));
    for (const back of backs) {
      const marks = proof.map((one): Mark => markOf(one, back));
      const { from, to } = back;
      const found = artefactOf('clock-step', file, marks, own.length, { setAside: 0, step: -back.by, corrected: true });
      artefacts.push({ ...found, from, to });
    }
  }
  if (moved.size === 0) return { artefacts, series };
  return { artefacts, series: series.map((one) => moved.get(one) ?? one) };
}

/** Series of one file whose lines are known. */
function byFile(series: readonly Series[]): ReadonlyMap<string, readonly Series[]> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const { files, file, line } = one.origin;
    if (typeof line === 'number' || typeof file !== 'number') continue;
    const name = files[file]!;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}

/** Indices in the order of the lines. */
function written({ origin }: Series): number[] {
  const line = origin.line as Uint32Array;
  return Array.from(line.keys()).sort((a, b) => line[a]! - line[b]!);
}

/** Where the times of a file go back, as its longest series shows it. */
function stepsBack(own: readonly Series[]): readonly Back[] {
  const model = own.reduce((a, b) => (b.time.length > a.time.length ? b : a));
  const { time, step } = model;
  const line = model.origin.line as Uint32Array;
  const order = written(model);
  const at = order.flatMap((i, k) => (k > 0 && time[i]! < time[order[k - 1]!]! ? [k] : []));
  if (at.length === 0 || at.length > MOST) return [];
  const ends = [0, ...at, order.length];
  if (ends.some((end, k) => k > 0 && end - ends[k - 1]! < FEWEST)) return [];
  return at.map((k) => {
    const before = time[order[k - 1]!]!;
    const after = time[order[k]!]!;
    return { line: line[order[k]!]!, by: before + step - after, from: after, to: before };
  });
}

/** A counter that rises over the steps in the order of the lines, and does not in the order of time. */
function goesOn(series: Series, backs: readonly Back[]): boolean {
  if (series.kind !== 'counter' || backs.length === 0) return false;
  const values = written(series).map((i) => series.value[i]!);
  return rises(values) && !rises([...series.value]);
}

function rises(values: readonly number[]): boolean {
  return values.every((x, i) => i === 0 || x >= values[i - 1]!);
}

function markOf(series: Series, { line }: Back): Mark {
  const order = written(series);
  const lines = series.origin.line as Uint32Array;
  const k = Math.max(
    1,
    order.findIndex((i) => lines[i]! >= line),
  );
  const [before, after] = [order[k - 1]!, order[k] ?? order.length - 1];
  return { series, before, after, from: series.time[before]!, to: series.time[after]! };
}

/** The series with the times after each step moved on; samples in the order of the lines again. */
function shifted(series: Series, backs: readonly Back[]): Series {
  const lines = series.origin.line as Uint32Array;
  const order = written(series);
  const by = (i: number): number => backs.reduce((sum, back) => (lines[i]! >= back.line ? sum + back.by : sum), 0);
  return {
    ...series,
    time: Float64Array.from(order, (i) => series.time[i]! + by(i)),
    value: Float64Array.from(order, (i) => series.value[i]!),
    origin: { ...series.origin, line: Uint32Array.from(order, (i) => lines[i]!) },
  };
}

/** A recording of which the later part stands before the earlier one. */
interface Wrapped {
  readonly marks: readonly Mark[];
  readonly own: readonly Series[];
  readonly by: Milliseconds;
}

/**
 * Where files do not say in which order they were written, the counters do: at a hole they fall, and they begin, at the
 * very first sample, where they end at the very last one.
 */
function wrapped(series: readonly Series[]): readonly Wrapped[] {
  const out: Wrapped[] = [];
  for (const group of byTarget(series).values()) {
    for (const cluster of together(group.flatMap(holes))) {
      const counters = cluster.filter(({ series: one, before, after }) => {
        const { kind, value } = one;
        return kind === 'counter' && value[after]! < value[before]!;
      });
      const marks = counters.filter(continues);
      if (signalsOf(marks.map((mark) => mark.series)).length < RING || marks.length < SURE * counters.length) continue;
      const first = marks[0]!.series;
      const by = Math.round(first.time.at(-1)! + first.step - first.time[0]!);
      const own = series.filter((one) => holes(one).some((hole) => sameHole(hole, marks[0]!)));
      out.push({ marks, own: own.filter((one) => !out.some((other) => other.own.includes(one))), by });
    }
  }
  return out;
}

/** Whether two series, of whatever target, lack the same stretch. */
function sameHole(a: Mark, b: Mark): boolean {
  const slack = 1.5 * Math.max(a.series.step, b.series.step);
  return Math.abs(a.from - b.from) <= slack && Math.abs(a.to - b.to) <= slack;
}

/** Signals whose counters must close the ring, and their share. */
const RING = 3;
const SURE = 0.8;
/** Steps of ordinary growth, at most, between the end and the beginning. */
const GROWTH = 5;

function continues({ series: { value, time, step }, before, after }: Mark): boolean {
  const first = value[0]!;
  const last = value.at(-1)!;
  const pace = Math.max(
    (value[before]! - first) / Math.max(time[before]! - time[0]!, step),
    (last - value[after]!) / Math.max(time.at(-1)! - time[after]!, step),
  );
  return first >= last && first - last <= GROWTH * pace * step;
}

/** The part before `at` put behind the other one. */
function turned(series: Series, at: Milliseconds, by: Milliseconds): Series {
  const cut = series.time.findIndex((t) => t >= at);
  if (cut <= 0) return series;
  const turn = <T extends Float64Array | Uint32Array>(column: T): T => {
    const out = column.slice() as T;
    out.set(column.subarray(cut));
    out.set(column.subarray(0, cut), column.length - cut);
    return out;
  };
  const column = (of: number | Uint32Array): number | Uint32Array => (typeof of === 'number' ? of : turn(of));
  const { files, file, line } = series.origin;
  const time = series.time.map((t, i) => (i < cut ? t + by : t));
  return {
    ...series,
    time: turn(time),
    value: turn(series.value),
    origin: { files, file: column(file), line: column(line) },
  };
}
