import type { Track } from '../types/track.js';
import { countLaw } from './count-law.js';
import { levelLaw } from './level-law.js';
import { quantileOfSorted, sortedFinite } from './quantile.js';
import { scanRuns, scanThreshold, scoreMemory, scanP, sumVariance, type Run } from './scan.js';

/** A stretch of a track that lies above (or below) its ordinary level. */
export interface Episode {
  readonly direction: 'up' | 'down';
  /** Sample indices of the track; `last` is inclusive. */
  readonly first: number;
  readonly last: number;
  /** Best guess of begin and end, and how far each may be off, ms. */
  readonly from: number;
  readonly to: number;
  readonly uncertainty: number;
  readonly peak: number;
  readonly baseline: number;
  /** Area beyond the baseline, unit·seconds; negative for `down`. */
  readonly excess: number;
  readonly strength: number;
  readonly p: number;
  /** It touches the first (last) sample: begin (end) were not observed. */
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

/** Everything the search learnt of a track. */
export interface Scored {
  /** Indices of the samples used, in time order. */
  readonly index: Int32Array;
  /** Standard score of each. */
  readonly score: Float64Array;
  /** 1 where the sample is ordinary, 0 where it belongs to an episode. */
  readonly ordinary: Uint8Array;
  readonly acf: readonly number[];
  readonly baseline: number;
  readonly scale: number;
  readonly up: readonly Run[];
  readonly down: readonly Run[];
}

const FEWEST = 6;
/** Significance at which an episode is reported, before the correction over all series. */
export const ALPHA = 0.01;

const memo = new WeakMap<Track, Scored | null>();

/** Scores of a track against its own ordinary times; null with fewer than six samples. Computed once per track. */
export function scoreTrack(track: Track): Scored | null {
  let scored = memo.get(track);
  if (scored === undefined) {
    scored = compute(track);
    memo.set(track, scored);
  }
  return scored;
}

function compute(track: Track): Scored | null {
  const index = usable(track);
  const n = index.length;
  if (n < FEWEST) return null;
  const smoothing = overlap(track);
  const ordinary = new Uint8Array(n).fill(1);
  let pass = scorePass(track, index, ordinary, smoothing);
  // one candidate at a time is left out, so that it cannot vouch for itself
  const first = strongest(pass, 1.5);
  if (first !== null) {
    mark(ordinary, [first], 1);
    pass = scorePass(track, index, ordinary, smoothing);
    for (let round = 0; round < 2; round++) {
      const threshold = scanThreshold(0.05, n);
      const runs = [
        ...scanRuns(pass.score, pass.acf, threshold, 1),
        ...scanRuns(pass.score, pass.acf, threshold, -1),
      ].sort((a, b) => b.score - a.score);
      ordinary.fill(1);
      mark(ordinary, runs, 1);
      if (runs.length === 0) mark(ordinary, [first], 1);
      pass = scorePass(track, index, ordinary, smoothing);
    }
  }
  const threshold = scanThreshold(ALPHA, n);
  const up = scanRuns(pass.score, pass.acf, threshold, 1).map((run) => fit(run, pass.score, 1, n));
  const down = scanRuns(pass.score, pass.acf, threshold, -1).map((run) => fit(run, pass.score, -1, n));
  return { index, ordinary, ...pass, up: merge(up), down: merge(down) };
}

/** Samples with a value, without the first smoothing window of a rate: it is not full at the start of a recording. */
function usable(track: Track): Int32Array {
  const { value, time, series } = track;
  const window = series.kind === 'rate' ? (series.window ?? 0) : 0;
  const start = (time[0] ?? 0) + (window > track.step ? window - track.step : 0);
  const all: number[] = [];
  const full: number[] = [];
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i]!)) continue;
    all.push(i);
    if (time[i]! >= start) full.push(i);
  }
  return Int32Array.from(full.length >= FEWEST ? full : all);
}

/** Autocorrelation that smoothing alone makes: the overlap of the windows of samples k apart. */
function overlap(track: Track): number[] {
  const window = track.series.kind === 'rate' ? (track.series.window ?? 0) : 0;
  const acf: number[] = [];
  for (let k = 1; track.step > 0 && k * track.step < window && k < 64; k++) acf.push(1 - (k * track.step) / window);
  return acf;
}

interface Pass {
  readonly score: Float64Array;
  readonly acf: readonly number[];
  readonly baseline: number;
  readonly scale: number;
}

function scorePass(track: Track, index: Int32Array, ordinary: Uint8Array, smoothing: readonly number[]): Pass {
  if (track.law === 'count' && track.count && fewEvents(track, index)) {
    const pass = counts(track, index, ordinary);
    return { ...pass, acf: scoreMemory(pass.score, ordinary) };
  }
  let m = 0;
  for (const flag of ordinary) m += flag;
  let acf = smoothing;
  let pass = levels(track, index, ordinary, worth(m, acf));
  const own = scoreMemory(pass.score, ordinary);
  if (own.length > 0) {
    acf = Array.from({ length: Math.max(own.length, smoothing.length) }, (_, k) =>
      Math.max(own[k] ?? 0, smoothing[k] ?? 0),
    );
    pass = levels(track, index, ordinary, worth(m, acf));
  }
  return { ...pass, acf };
}

/** Number of independent samples that `m` samples with this memory are worth. */
function worth(m: number, acf: readonly number[]): number {
  return acf.length === 0 ? m : Math.max(2, (m * m) / sumVariance(m, acf));
}

/** Few events a sample: their discreteness matters. With many, their scatter is anything but Poisson. */
function fewEvents(track: Track, index: Int32Array): boolean {
  let few = 0;
  for (const i of index) if (track.count![i]! < 5) few++;
  return few * 2 > index.length;
}

function counts(track: Track, index: Int32Array, ordinary: Uint8Array): Omit<Pass, 'acf'> {
  const n = index.length;
  const c = new Float64Array(n);
  const seconds = new Float64Array(n);
  const kept = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const i = index[k]!;
    c[k] = track.count![i]!;
    seconds[k] = (track.time[i]! - track.from[i]!) / 1000;
    kept[k] = ordinary[k] ? c[k]! : NaN;
  }
  const law = countLaw(kept, seconds);
  const usual = quantileOfSorted(sortedFinite(seconds), 0.5);
  const known = new Map<number, number>();
  const score = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const near = Math.abs(seconds[k]! - usual) <= 0.05 * usual;
    let z = near ? known.get(c[k]!) : undefined;
    if (z === undefined) {
      z = law.score(c[k]!, near ? usual : seconds[k]!);
      if (near) known.set(c[k]!, z);
    }
    score[k] = z;
  }
  return {
    score,
    baseline: law.rate,
    scale: Math.sqrt((law.dispersion * Math.max(law.rate, 0.5 / law.seconds)) / usual),
  };
}

const INTEGRAL = new Set([
  'bytes',
  'count',
  'packets',
  'segments',
  'connections',
  'requests',
  'pages',
  'operations',
  'tasks',
]);

function levels(track: Track, index: Int32Array, ordinary: Uint8Array, effective: number): Omit<Pass, 'acf'> {
  const n = index.length;
  const kept: number[] = [];
  let whole = INTEGRAL.has(track.series.unit) && track.series.kind === 'gauge';
  for (let k = 0; k < n; k++) {
    const v = track.value[index[k]!]!;
    if (ordinary[k]) kept.push(v);
    whole &&= Number.isInteger(v);
  }
  const sorted = Float64Array.from(kept).sort();
  const law = levelLaw(sorted, Math.max(whole ? 1 : 0, 2 * (track.series.rounding ?? 0)), effective);
  const score = new Float64Array(n);
  for (let k = 0; k < n; k++) score[k] = law.score(track.value[index[k]!]!);
  return { score, baseline: law.center, scale: law.scale };
}

/** The strongest run in either direction. */
function strongest(pass: Pass, threshold: number): Run | null {
  const runs = [
    ...scanRuns(pass.score, pass.acf, threshold, 1, 1),
    ...scanRuns(pass.score, pass.acf, threshold, -1, 1),
  ];
  runs.sort((a, b) => b.score - a.score);
  return runs[0] ?? null;
}

/** Takes runs (and `guard` samples either side) out of the ordinary ones, as long as half of them remain. */
function mark(ordinary: Uint8Array, runs: readonly Run[], guard: number): void {
  const n = ordinary.length;
  let left = n;
  for (const run of runs) {
    const from = Math.max(0, run.from - (n >= 20 ? guard : 0));
    const to = Math.min(n, run.to + (n >= 20 ? guard : 0));
    if (left - (to - from) < Math.max(4, n / 2)) continue;
    for (let i = from; i < to; i++) {
      if (ordinary[i]) left--;
      ordinary[i] = 0;
    }
  }
}

/** Edges where they belong: ordinary samples are trimmed off, extraordinary neighbours taken in. */
function fit(run: Run, scores: Float64Array, direction: 1 | -1, n: number): Run {
  let { from, to } = run;
  let peak = 0;
  for (let i = from; i < to; i++) peak = Math.max(peak, direction * scores[i]!);
  const bar = Math.min(1.5, peak / 2);
  while (to - from > 1 && direction * scores[from]! < bar) from++;
  while (to - from > 1 && direction * scores[to - 1]! < bar) to--;
  from = reach(scores, direction, from, -1, bar);
  to = reach(scores, direction, to - 1, 1, bar) + 1;
  return { from, to, score: run.score, p: Math.min(run.p, scanP(run.score, n)) };
}

/** Farthest index in one direction up to which the scores lie above the bar on balance. */
function reach(scores: Float64Array, direction: 1 | -1, start: number, step: 1 | -1, bar: number): number {
  let end = start;
  let balance = 0;
  for (let i = start + step; i >= 0 && i < scores.length; i += step) {
    // a single wild sample must not carry the edge over a long quiet stretch
    balance += Math.min(direction * scores[i]!, bar + 3) - bar;
    if (balance < -3) break;
    if (balance >= 0 && direction * scores[i]! >= bar) {
      end = i;
      balance = 0;
    }
  }
  return end;
}

function merge(runs: readonly Run[]): Run[] {
  const sorted = [...runs].sort((a, b) => a.from - b.from);
  const out: Run[] = [];
  for (const run of sorted) {
    const last = out.at(-1);
    if (last !== undefined && run.from < last.to) {
      out[out.length - 1] = {
        from: last.from,
        to: Math.max(last.to, run.to),
        score: Math.max(last.score, run.score),
        p: Math.min(last.p, run.p),
      };
    } else out.push(run);
  }
  return out;
}

/**
 * Episodes of a track in one direction, in time order.
 * @remarks begin and end are the middle of the span in which they must lie: between the last ordinary and the first
 *   extraordinary sample. A smoothed rate stays high for one window after the end, which is taken off.
 */
export function episodes(track: Track, direction: 'up' | 'down'): Episode[] {
  const scored = scoreTrack(track);
  if (scored === null) return [];
  return (direction === 'up' ? scored.up : scored.down).map((run) => describe(track, scored, run, direction));
}

function describe(track: Track, scored: Scored, run: Run, direction: 'up' | 'down'): Episode {
  const sign = direction === 'up' ? 1 : -1;
  const { time, value, from: begins } = track;
  const first = scored.index[run.from]!;
  const last = scored.index[run.to - 1]!;
  const before =
    run.from > 0 ? time[scored.index[run.from - 1]!]! : Math.min(begins[first]!, time[first]! - track.step);
  const after = run.to < scored.index.length ? time[scored.index[run.to]!]! : time[last]! + track.step;
  const isRate = track.series.kind !== 'gauge';
  const window = track.series.kind === 'rate' ? (track.series.window ?? 0) : 0;
  const from = (before + time[first]!) / 2;
  // an interval (t0, t1] that is still high ends between t0 and t1; a level ends between two instants
  const endLow = isRate && window === 0 ? begins[last]! : time[last]! - window;
  const endHigh = isRate && window === 0 ? time[last]! : after - window;
  const to = Math.max(from, (endLow + endHigh) / 2);
  let peak = value[first]!;
  let excess = 0;
  let strength = 0;
  for (let k = run.from; k < run.to; k++) {
    const i = scored.index[k]!;
    if ((value[i]! - peak) * sign > 0) peak = value[i]!;
    strength = Math.max(strength, sign * scored.score[k]!);
    const previous = i > 0 ? time[i - 1]! : time[i]! - track.step;
    const seconds =
      (window === 0 && isRate ? time[i]! - begins[i]! : Math.min(time[i]! - previous, 3 * track.step)) / 1000;
    excess += (value[i]! - scored.baseline) * seconds;
  }
  return {
    direction,
    first,
    last,
    from,
    to,
    uncertainty: Math.max(time[first]! - before, endHigh - endLow) / 2,
    peak,
    baseline: scored.baseline,
    excess,
    strength: Math.min(1e6, Math.max(strength, Math.abs(peak - scored.baseline) / scored.scale)),
    p: run.p,
    openStart: run.from === 0,
    openEnd: run.to === scored.index.length,
  };
}
