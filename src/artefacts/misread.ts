import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import { artefactOf, byTarget, signalsOf, together, type Mark } from './target.js';

/** A counter that was misread is back after so many samples at most. */
const LONGEST = 3;
/** Growth beyond so many times the fastest ever seen is no growth. */
const BEYOND = 3;
/** So many signals at once are misread together, and then the levels beside them too. */
const TOGETHER = 3;
/** Share of the counters of a target that must be misread at once to be worth telling. */
const TOLD = 0.05;

/** Series with the samples of failed readings missing, and what was found. */
export interface Misreads {
  readonly artefacts: readonly Artefact[];
  readonly series: readonly Series[];
}

/**
 * Scrapes that read zero, or too little, and the next ones the truth again: a counter falls and stands where it was a
 * moment later, by a jump far beyond anything it does otherwise. As a rate that would be a reset and then a burst.
 */
export function withoutMisreads(series: readonly Series[]): Misreads {
  const artefacts: Artefact[] = [];
  const dropped = new Map<Series, Set<number>>();
  for (const [target, own] of byTarget(series)) {
    for (const cluster of together(own.flatMap(misread))) {
      const bad = [...cluster, ...beside(cluster, own)];
      let setAside = 0;
      for (const mark of bad) {
        const known = dropped.get(mark.series) ?? new Set<number>();
        dropped.set(mark.series, known);
        const size = known.size;
        for (let i = mark.before + 1; i < mark.after; i++) known.add(i);
        setAside += known.size - size;
      }
      // a few of thousands are odd numbers, not a scrape that failed
      const counters = own.filter(({ kind }) => kind === 'counter').length;
      if (cluster.length >= TOLD * counters)
        artefacts.push(artefactOf('misread', target, bad, own.length, { setAside }));
    }
  }
  if (dropped.size === 0) return { artefacts, series };
  return { artefacts, series: series.map((one) => withoutSamples(one, dropped.get(one))) };
}

function withoutSamples(series: Series, indices: ReadonlySet<number> | undefined): Series {
  return indices === undefined ? series : { ...series, value: series.value.map((x, i) => (indices.has(i) ? NaN : x)) };
}

/** Falls of a counter that are taken back. */
function misread(series: Series): Mark[] {
  if (series.kind !== 'counter') return [];
  const { time, value } = series;
  const out: Mark[] = [];
  for (let i = 1; i < value.length; i++) {
    if (!(value[i]! < value[i - 1]!)) continue;
    const back = returnOf(value, i);
    if (back < 0) continue;
    const pace = fastest(series, i - 1, back);
    const rise = (from: number): number => value[back]! - value[from]!;
    const most = (from: number): number => BEYOND * pace * (time[back]! - time[from]!);
    if (rise(i - 1) <= most(i - 1) && rise(back - 1) > most(back - 1))
      out.push({ series, before: i - 1, after: back, from: time[i - 1]!, to: time[back]! });
    i = back;
  }
  return out;
}

/** First sample after a fall that is no lower than the one before it; −1 when there is none soon. */
function returnOf(value: Float64Array, fall: number): number {
  for (let j = fall + 1; j <= fall + LONGEST && j < value.length; j++) if (value[j]! >= value[fall - 1]!) return j;
  return -1;
}

/** Fastest growth outside of some samples, per ms. */
function fastest({ time, value }: Series, before: number, back: number): number {
  let best = 0;
  for (let i = 1; i < value.length; i++) {
    if (i > before && i <= back) continue;
    const growth = (value[i]! - value[i - 1]!) / (time[i]! - time[i - 1]!);
    if (growth > best) best = growth;
  }
  return best;
}

/** Levels of the same target that are zero just then and at no other time, and rates over windows that hold the jump. */
function beside(cluster: readonly Mark[], own: readonly Series[]): Mark[] {
  if (signalsOf(cluster.map(({ series }) => series)).length < TOGETHER) return [];
  const counters = new Set(cluster.map(({ series }) => series));
  const from = Math.min(...cluster.map((mark) => mark.from));
  const to = Math.max(...cluster.map((mark) => mark.to));
  return own.flatMap((series) => {
    if (counters.has(series) || series.kind === 'counter') return [];
    const tail = series.kind === 'rate' ? (series.window ?? 0) : 0;
    const first = series.time.findIndex((t) => t > from);
    const after = series.time.findIndex((t) => t >= to + tail);
    if (first < 1 || after <= first) return [];
    if (series.kind === 'gauge' && !onlyZeroThere(series.value, first, after)) return [];
    return [{ series, before: first - 1, after, from: series.time[first - 1]!, to: series.time[after]! }];
  });
}

function onlyZeroThere(value: Float64Array, first: number, after: number): boolean {
  return value.every((x, i) => (i >= first && i < after ? x === 0 : x !== 0));
}
