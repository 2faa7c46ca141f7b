import type { Track } from '../types/track.js';
import { countLaw } from './count-law.js';
import { levelLaw } from './level-law.js';
import { quantileOfSorted, sortedFinite } from './quantile.js';
import {
  mergeRuns,
  fitRun,
  scanRuns,
  scanTable,
  scanThreshold,
  strongestRun,
  scoreMemory,
  sumVariance,
  type Run,
} from './scan.js';

/** Everything the search learnt of a track. */
export interface Scored {
  /** Indices of the samples used, in time order. */
  readonly index: Int32Array;
  /** Standard score of each. */
  readonly score: Float64Array;
  /** 1 where the sample is ordinary, 0 where it belongs to an episode. */
  readonly ordinary: Uint8Array;
  /** Autocorrelation of the scores at lags 1, 2, … */
  readonly acf: readonly number[];
  /** Variance of the centre in units of the variance of one sample. */
  readonly centerError: number;
  readonly baseline: number;
  readonly scale: number;
  readonly up: readonly Run[];
  readonly down: readonly Run[];
}

/** Fewest samples in which an episode is looked for. */
export const FEWEST = 6;
/** Significance at which an episode is reported, before the correction over all series. */
export const ALPHA = 0.01;
/** Autocorrelation is learnt from at least this many samples; fewer tell it too badly. */
const LEARN_MEMORY = 12;

/** From so many samples on, the law is learnt from a part of them, and once. */
const LONG = 1000;

const memo = new WeakMap<Track, Scored | null>();

/** Length of the past that each sample speaks of on the average (`rate(x[60s])` → 60000); 0 for instants and intervals. */
export function smoothingOf(track: Track): number {
  return track.series.window ?? 0;
}

/** Scores of a track against its own ordinary times; null with fewer than six samples. Computed once per track. */
export function scoreTrack(track: Track): Scored | null {
  let scored = memo.get(track);
  if (scored === undefined) {
    scored = analyse(track, ALPHA);
    memo.set(track, scored);
  }
  return scored;
}

/** The same without memory, runs reported at significance `alpha`. */
export function analyse(track: Track, alpha: number): Scored | null {
  const index = usable(track);
  const n = index.length;
  if (n < FEWEST) return null;
  const ordinary = new Uint8Array(n).fill(1);
  let pass = scorePass(track, index, countable(track, index) ? middling(track, index) : ordinary);
  // the strongest candidate is left out first, so that it cannot vouch for itself
  const first = strongestRun(scanTable(pass.score), { acf: [], centerError: 0 }, 1.5);
  if (first !== null) {
    mark(ordinary, [first]);
    pass = scorePass(track, index, ordinary);
    // in long series one candidate spoils little: one round of exclusion is enough
    for (let round = 0; round < (n > LONG ? 1 : 2); round++) {
      const runs = search(pass, scanThreshold(0.05, n), 64);
      if (runs.length === 0 && round === 0) break;
      ordinary.fill(1);
      mark(ordinary, runs.length > 0 ? runs : [first]);
      pass = scorePass(track, index, ordinary);
    }
  }
  const threshold = scanThreshold(alpha, n);
  const departure = pick(track.value, index);
  for (let k = 0; k < n; k++) departure[k]! -= pass.baseline;
  const table = scanTable(pass.score);
  const found = (direction: 1 | -1): Run[] =>
    mergeRuns(
      scanRuns(table, pass, threshold, direction).map((run) => fitRun(run, pass.score, departure, direction)),
    ).filter((run) => abrupt(run, pass, ordinary));
  return { index, ordinary, ...pass, up: found(1), down: found(-1) };
}

/**
 * A run that touches the first or the last sample may be the end of a slow drift rather than a burst that the recording
 * cut: then the ordinary samples drift too, and their straight line goes on to explain a third of it or more.
 */
function abrupt(run: Run, pass: Pass, ordinary: Uint8Array): boolean {
  const n = ordinary.length;
  if (run.from > 0 && run.to < n) return true;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    if (!ordinary[i] || (i >= run.from && i < run.to)) continue;
    x.push(i);
    y.push(Math.max(-4, Math.min(4, pass.score[i]!)));
  }
  if (x.length < 3) return false;
  const mx = x.reduce((s, v) => s + v, 0) / x.length;
  const my = y.reduce((s, v) => s + v, 0) / y.length;
  const sxx = x.reduce((s, v) => s + (v - mx) ** 2, 0);
  const slope = x.reduce((s, v, k) => s + (v - mx) * (y[k]! - my), 0) / sxx;
  let mean = 0;
  for (let i = run.from; i < run.to; i++) mean += pass.score[i]! / (run.to - run.from);
  const predicted = slope * ((run.from + run.to - 1) / 2 - mx);
  return predicted / mean < 1 / 3;
}

/** Samples whose counts are near the median: a first guess of what is ordinary that a burst cannot spoil. */
function middling(track: Track, index: Int32Array): Uint8Array {
  const seconds = new Float64Array(index.length);
  const rate = new Float64Array(index.length);
  for (let k = 0; k < index.length; k++) {
    seconds[k] = secondsAt(track, index[k]!);
    rate[k] = eventsAt(track, index[k]!) / seconds[k]!;
  }
  const center = quantileOfSorted(rate.slice().sort(), 0.5);
  const apart = quantileOfSorted(rate.map((v) => Math.abs(v - center)).sort(), 0.5);
  const near = Uint8Array.from(rate, (v, k) => {
    const poisson = Math.sqrt(center * seconds[k]! + 1) / seconds[k]!;
    return Math.abs(v - center) <= 5 * poisson + 3 * 1.4826 * apart ? 1 : 0;
  });
  return near.filter((v) => v === 1).length * 2 >= near.length ? near : near.fill(1);
}

/** Runs in both directions, best first. */
function search(pass: Pass, threshold: number, most: number): Run[] {
  const table = scanTable(pass.score);
  return [...scanRuns(table, pass, threshold, 1, most), ...scanRuns(table, pass, threshold, -1, most)].sort(
    (a, b) => b.score - a.score,
  );
}

/** Samples with a value, without the first smoothing window: it is not full at the start of a recording. */
function usable(track: Track): Int32Array {
  const { value, time } = track;
  const window = smoothingOf(track);
  const start = (time[0] ?? 0) + (window > track.step ? window - track.step : 0);
  const all = new Int32Array(value.length);
  let n = 0;
  let early = 0;
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i]!)) continue;
    if (time[i]! < start) early++;
    all[n++] = i;
  }
  return n - early >= FEWEST ? all.subarray(early, n) : all.subarray(0, n);
}

/** Values at some indices. */
function pick(values: Float64Array, index: Int32Array): Float64Array {
  const out = new Float64Array(index.length);
  for (let k = 0; k < index.length; k++) out[k] = values[index[k]!]!;
  return out;
}

/** Autocorrelation that smoothing alone makes: the overlap of the windows of samples k apart. */
export function overlapMemory(track: Track): number[] {
  const window = smoothingOf(track);
  const acf: number[] = [];
  for (let k = 1; track.step > 0 && k * track.step < window && k < 64; k++) acf.push(1 - (k * track.step) / window);
  return acf;
}

interface Pass {
  readonly score: Float64Array;
  readonly acf: readonly number[];
  /** Variance of the centre in units of the variance of one sample. */
  readonly centerError: number;
  readonly baseline: number;
  readonly scale: number;
}

function scorePass(track: Track, index: Int32Array, ordinary: Uint8Array): Pass {
  const smoothing = overlapMemory(track);
  let m = 0;
  for (const flag of ordinary) m += flag;
  const values = (acf: readonly number[]): Omit<Pass, 'acf' | 'centerError'> =>
    countable(track, index) ? counts(track, index, ordinary) : levels(track, index, ordinary, worth(m, acf), acf);
  let pass = values(smoothing);
  let acf: readonly number[] = smoothing;
  const own = m >= LEARN_MEMORY ? scoreMemory(pass.score, ordinary) : [];
  if (own.length > 0) {
    acf = Array.from({ length: Math.max(own.length, smoothing.length) }, (_, k) =>
      Math.max(own[k] ?? 0, smoothing[k] ?? 0),
    );
    if (m < LONG) pass = values(acf);
  }
  return { ...pass, acf, centerError: 1 / worth(m, acf) };
}

/** Number of independent samples that `m` samples with this memory are worth. */
export function worth(m: number, acf: readonly number[]): number {
  return acf.length === 0 ? m : Math.max(2, (m * m) / sumVariance(m, acf));
}

const WHOLE = new Set(['count', 'packets', 'segments', 'connections', 'requests', 'pages', 'operations', 'tasks']);

/** Whole events behind a sample: counted, or of a smoothed rate of countable things; NaN when neither. */
export function eventsAt(track: Track, i: number): number {
  if (track.count !== undefined) return track.count[i]!;
  const window = smoothingOf(track);
  if (window <= 0 || track.series.kind !== 'rate') return NaN;
  return WHOLE.has(track.series.unit.replace('/second', '')) ? (track.value[i]! * window) / 1000 : NaN;
}

/** Seconds over which `eventsAt` were counted. */
export function secondsAt(track: Track, i: number): number {
  const window = track.count === undefined ? smoothingOf(track) : 0;
  return (window > 0 ? window : track.time[i]! - track.from[i]!) / 1000;
}

/** Share of a sample's events that no earlier sample has told of. */
export function freshShare(track: Track): number {
  const window = track.count === undefined ? smoothingOf(track) : 0;
  return window > track.step && track.step > 0 ? track.step / window : 1;
}

/** Usual length of an interval, seconds. */
function typical(track: Track, seconds: Float64Array): number {
  return seconds.length > LONG && track.step > 0 && track.count !== undefined
    ? track.step / 1000
    : quantileOfSorted(sortedFinite(seconds), 0.5);
}

/** Few events a sample: their discreteness matters. With many, their scatter is anything but Poisson. */
function countable(track: Track, index: Int32Array): boolean {
  let few = 0;
  for (const i of index) {
    const c = eventsAt(track, i);
    if (Number.isNaN(c)) return false;
    if (c < 5) few++;
  }
  return few * 2 > index.length;
}

function counts(track: Track, index: Int32Array, ordinary: Uint8Array): Omit<Pass, 'acf' | 'centerError'> {
  const n = index.length;
  const seconds = new Float64Array(n);
  const events = new Float64Array(n);
  const kept = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    seconds[k] = secondsAt(track, index[k]!);
    events[k] = eventsAt(track, index[k]!);
    kept[k] = ordinary[k] ? events[k]! : NaN;
  }
  const law = countLaw(kept, seconds, freshShare(track));
  const usual = typical(track, seconds);
  const known = new Map<number, number>();
  const score = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // intervals of nearly the same length share their scores: the distribution function is dear
    const near = Math.abs(seconds[k]! - usual) <= 0.05 * usual;
    let z = near ? known.get(events[k]!) : undefined;
    if (z === undefined) {
      z = law.score(events[k]!, near ? usual : seconds[k]!);
      if (near) known.set(events[k]!, z);
    }
    score[k] = z;
  }
  const variance = (law.dispersion * Math.max(law.rate, 0.5 / law.seconds)) / usual;
  return { score, baseline: law.rate, scale: Math.sqrt(variance) };
}

function levels(
  track: Track,
  index: Int32Array,
  ordinary: Uint8Array,
  effective: number,
  acf: readonly number[],
): Omit<Pass, 'acf' | 'centerError'> {
  // the square root of a rate of events scatters alike at every rate
  const events = eventsLaw(track, index);
  const root = events > 0;
  const value = pick(track.value, index);
  if (root) for (let k = 0; k < value.length; k++) value[k] = Math.sqrt(Math.max(0, value[k]!));
  const law = levelLaw(sample(value, ordinary).sort(), {
    quantum: root ? 0 : quantumOf(track, value),
    smallest: usualStep(track) || departure(value) / 100,
    least: Math.sqrt(events) / 2,
    effective,
    steps: steps(value, ordinary, acf),
  });
  const baseline = root ? law.center ** 2 : law.center;
  const scale = root ? 2 * law.scale * Math.max(law.center, law.scale) : law.scale;
  for (let k = 0; k < value.length; k++) value[k] = law.score(value[k]!);
  return { score: value, baseline, scale };
}

/** Variance over mean of a rate of whole events that come at random; 0 where they cannot be counted. */
function eventsLaw(track: Track, index: Int32Array): number {
  const i = index[index.length >> 1]!;
  return Number.isNaN(eventsAt(track, i)) ? 0 : 1 / secondsAt(track, i);
}

/** The ordinary values; of many, an even selection. */
function sample(value: Float64Array, ordinary: Uint8Array): Float64Array {
  const out = new Float64Array(value.length);
  let kept = 0;
  for (let k = 0; k < value.length; k++) if (ordinary[k]) out[kept++] = value[k]!;
  if (kept <= 2 * LONG) return out.subarray(0, kept);
  // golden-ratio steps do not fall in with any period
  return Float64Array.from({ length: LONG }, (_, i) => out[Math.floor(((i * 0.6180339887498949) % 1) * kept)]!);
}

/** What a first departure of a quantity may well amount to: a page or some packets, one thing, some milliseconds. */
function usualStep({ series: { unit } }: Track): number {
  const base = unit.replace('/second', '');
  if (base === 'bytes') return 4096;
  if (base === 'seconds') return 0.01;
  if (base === 'ratio') return 0.01;
  return base === 'unknown' ? 0 : 1;
}

/** Largest distance from the first value. */
function departure(value: Float64Array): number {
  let most = 0;
  for (const v of value) most = Math.max(most, Math.abs(v - value[0]!));
  return most;
}

/**
 * Smallest step a value can make or that could matter: one for whole things, a millisecond, a tenth of a percent, the
 * rounding of the source; 0 when unknown.
 */
export function quantumOf(track: Track, values: Float64Array): number {
  const { unit, kind, rounding } = track.series;
  const base = unit.replace('/second', '');
  let natural = 0;
  if (base === 'seconds' || base === 'ratio') natural = 0.001;
  else if (base === 'bytes' && kind !== 'gauge') natural = 1;
  else if (kind === 'gauge' && (WHOLE.has(base) || base === 'bytes') && values.every(Number.isInteger)) natural = 1;
  return Math.max(natural, 2 * (rounding ?? 0));
}

/**
 * Scatter of a smoothed series from its steps: neighbouring windows differ by what enters and what leaves, so steps
 * are nearly independent where levels are not.
 */
function steps(
  value: Float64Array,
  ordinary: Uint8Array,
  acf: readonly number[],
): { scale: number; count: number } | undefined {
  const first = acf[0];
  if (first === undefined || value.length >= 60) return undefined;
  const squares: number[] = [];
  for (let k = 1; k < value.length; k++)
    if (ordinary[k] && ordinary[k - 1]) squares.push((value[k]! - value[k - 1]!) ** 2);
  if (squares.length < 4) return undefined;
  squares.sort((a, b) => a - b);
  const limit = 12 * quantileOfSorted(squares, 0.5) * 2.2;
  const kept = squares.filter((s) => s <= limit);
  const mean = kept.reduce((s, v) => s + v, 0) / kept.length;
  return { scale: Math.sqrt(mean / (2 * (1 - first))), count: kept.length };
}

/** Takes runs (and a sample either side, in longer series) out of the ordinary ones, as long as half of them remain. */
function mark(ordinary: Uint8Array, runs: readonly Run[]): void {
  const n = ordinary.length;
  const guard = n >= 20 ? 1 : 0;
  let left = n;
  for (const run of runs) {
    const from = Math.max(0, run.from - guard);
    const to = Math.min(n, run.to + guard);
    if (left - (to - from) < Math.max(4, n / 2 - 1)) continue;
    for (let i = from; i < to; i++) {
      if (ordinary[i]) left--;
      ordinary[i] = 0;
    }
  }
}
