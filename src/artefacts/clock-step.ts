import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { artefactOf, type Mark } from './target.js';

/** Parts of the time of all CPUs: together they go as fast as a clock. */
const CPU = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'].map((part) => `cpu.node.${part}`);
/** The parts without which the sum is no clock. */
const NEEDED = ['cpu.node.idle', 'cpu.node.user', 'cpu.node.system'];
/** CPU time that passed against what the clock says, below and above which the two contradict each other. */
const SLOW = 0.5;
const FAST = 1.5;
/** A hole of so many steps at least, for a clock that went forward. */
const STEPS = 3;

/** An interval of the clock in which CPU time says otherwise. */
interface Contradiction {
  readonly node: string | undefined;
  readonly marks: readonly Mark[];
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly step: Milliseconds;
}

/** Intervals that no rate may be taken over, by series: index of their last sample. */
export interface Steps {
  readonly artefacts: readonly Artefact[];
  readonly intervals: ReadonlyMap<Series, ReadonlySet<number>>;
}

/**
 * Steps of the clock that the CPUs contradict: the time accounted to all of them together goes as fast as a clock, so
 * that a hole of a minute in which a second of CPU time passed is a clock that was set forward (or a machine that stood
 * still), and ten seconds of CPU time in one second a clock that was set back. Every rate of the machine over that
 * interval is wrong by the same factor.
 */
export function clockSteps(series: readonly Series[]): Steps {
  const artefacts: Artefact[] = [];
  const intervals = new Map<Series, Set<number>>();
  for (const [node, parts] of cpusByNode(series)) {
    const pace = paceOf(parts);
    if (pace === null) continue;
    for (const found of contradictions(node, pace)) {
      const own = series.filter((one) => ofNode(one, node));
      const marks = own.flatMap((one) => spanning(one, found));
      for (const { series: one, after } of marks) {
        const known = intervals.get(one) ?? new Set<number>();
        intervals.set(one, known.add(after));
      }
      const { step } = found;
      artefacts.push(artefactOf('clock-step', node ?? '', marks, own.length, { setAside: marks.length, step }));
    }
  }
  return { artefacts, intervals };
}

function cpusByNode(series: readonly Series[]): ReadonlyMap<string | undefined, readonly Series[]> {
  const groups = new Map<string | undefined, Series[]>();
  for (const one of series) {
    if (one.kind !== 'counter' || one.time.length < 6 || !CPU.includes(one.signal)) continue;
    const group = groups.get(one.labels['node']);
    if (group === undefined) groups.set(one.labels['node'], [one]);
    else group.push(one);
  }
  return groups;
}

/** CPU time that passed in each interval against what usually passes, and the parts it was taken from. */
interface Pace {
  readonly parts: readonly Series[];
  readonly ratio: readonly number[];
}

function paceOf(parts: readonly Series[]): Pace | null {
  const [first] = parts;
  const signals = parts.map(({ signal }) => signal);
  // parts read by several sources do not add up
  if (first === undefined || new Set(signals).size < parts.length || !NEEDED.every((id) => signals.includes(id)))
    return null;
  const { time } = first;
  if (!parts.every((one) => one.time.length === time.length && one.time.every((t, i) => t === time[i]))) return null;
  const pace = Array.from(time, (t, i) => {
    if (i === 0) return NaN;
    const passed = parts.reduce((sum, { value }) => sum + value[i]! - value[i - 1]!, 0);
    return (passed * 1000) / (t - time[i - 1]!);
  });
  const usual = medianOf(pace.filter((x) => x > 0));
  return usual > 0 ? { parts, ratio: pace.map((x) => x / usual) } : null;
}

function contradictions(node: string | undefined, { parts, ratio }: Pace): Contradiction[] {
  const { time, step } = parts[0]!;
  const out: Contradiction[] = [];
  for (let after = 1; after < time.length; after++) {
    const length = time[after]! - time[after - 1]!;
    const share = ratio[after]!;
    const forward = share >= 0 && share < SLOW && length >= (STEPS - 0.5) * step;
    if (!forward && !backward(share, length, step)) continue;
    const from = time[after - 1]!;
    const to = time[after]!;
    const marks = parts.map((one) => ({ series: one, before: after - 1, after, from, to }));
    out.push({ node, marks, from, to, step: Math.round((1 - share) * length) });
  }
  return out;
}

/** More CPU time than there can have been. */
function backward(share: number, length: Milliseconds, step: Milliseconds): boolean {
  return share > FAST && (share - 1) * length >= (STEPS - 1) * step;
}

/** So many falls of the CPU time, with leaps between them, are two recordings interleaved. */
const FALLS = 2;

/** Series without samples of a time that was recorded twice, and what was found. */
export interface Interleaved {
  readonly artefacts: readonly Artefact[];
  readonly series: readonly Series[];
}

/**
 * Sets a stretch aside in which the samples before and after a step back of the clock stand among each other: CPU time
 * leaps forth and back from sample to sample, and which belongs to which is lost.
 */
export function withoutInterleaved(series: readonly Series[]): Interleaved {
  const artefacts: Artefact[] = [];
  let out = series;
  for (const [node, parts] of cpusByNode(series)) {
    const pace = paceOf(parts);
    if (pace === null) continue;
    const { time, step } = parts[0]!;
    const odd = pace.ratio.flatMap((share, i) =>
      i > 0 && (share < 0 || backward(share, time[i]! - time[i - 1]!, step)) ? [i] : [],
    );
    if (odd.filter((i) => pace.ratio[i]! < 0).length < FALLS || odd.every((i) => pace.ratio[i]! < 0)) continue;
    const from = time[odd[0]! - 1]!;
    const to = time[odd.at(-1)!]!;
    const leaps = odd.map((i) => (1 - pace.ratio[i]!) * (time[i]! - time[i - 1]!)).filter((leap) => leap < 0);
    const own = out.filter((one) => ofNode(one, node));
    const marks = own.flatMap((one): Mark[] => {
      const first = one.time.findIndex((t) => t > from);
      const last = one.time.findLastIndex((t) => t < to);
      return first < 1 || last < first ? [] : [{ series: one, before: first - 1, after: last, from, to }];
    });
    const setAside = marks.reduce((n, { before, after }) => n + after - before, 0);
    const found = { setAside, step: Math.round(medianOf(leaps)) };
    artefacts.push(artefactOf('clock-step', node ?? '', marks, own.length, found));
    out = out.map((one) => {
      const mark = marks.find((candidate) => candidate.series === one);
      if (mark === undefined) return one;
      return { ...one, value: one.value.map((x, i) => (i > mark.before && i <= mark.after ? NaN : x)) };
    });
  }
  return { artefacts, series: out };
}

/** Whether a series may be on the clock of a node. */
function ofNode({ labels }: Series, node: string | undefined): boolean {
  return labels['node'] === undefined || labels['node'] === node;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** The interval of a series that reaches over most of a contradiction; levels are what they are at their instant. */
function spanning(series: Series, { from, to }: Contradiction): Mark[] {
  if (series.kind === 'gauge') return [];
  const { time } = series;
  const after = time.findIndex((t) => t >= (from + to) / 2);
  if (after < 1) return [];
  return [{ series, before: after - 1, after, from: time[after - 1]!, to: time[after]! }];
}
