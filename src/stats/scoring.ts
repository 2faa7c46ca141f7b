import type { Track } from '../types/track.js';
import { reading } from './null-surface.js';
import { quantileOfSorted } from './quantile.js';
import { SCAN_SURFACES } from './scan-surfaces.js';
import { CROSSED, scanShape, type ScanShape } from './scan-shape.js';
import { eventsAt, FEWEST, pick, secondsAt, usable } from './samples.js';
import { fitRun, mergeRuns, scanP, scanRuns, scanTable, scanThreshold, strongestRun, type Run } from './scan.js';
import { countable, evenSample, LONG, scorePass, type Pass } from './track-law.js';

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

/** Significance at which an episode is reported, before the correction over all series. */
export const ALPHA = 0.01;
const memo = new WeakMap<Track, Scored | null>();

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
  const found = survey(track);
  if (found === null) return null;
  const { index, ordinary, pass, shape } = found;
  const n = index.length;
  const usual = scanThreshold(USUAL, n);
  const surface = SCAN_SURFACES[shape.kind];
  const side = (direction: 'up' | 'down'): Run[] => {
    const by = reading(surface[direction], shape[direction], CROSSED[shape.kind], usual);
    const runs = runsOf(track, found, direction === 'up' ? 1 : -1, by.raw(scanThreshold(alpha, n)));
    return runs.map((run) => {
      const score = by.read(run.score);
      return { ...run, score, p: scanP(score, n) };
    });
  };
  return { index, ordinary, ...pass, up: side('up'), down: side('down') };
}

/** Significance at which the response surfaces are anchored. */
export const USUAL = 0.05;

/** The scores of a track and what its ordinary samples look like. */
export interface Survey {
  readonly index: Int32Array;
  readonly ordinary: Uint8Array;
  readonly pass: Pass;
  readonly shape: ScanShape;
}

/** Scores every sample of a track against the ordinary ones; null with fewer than six samples. */
export function survey(track: Track): Survey | null {
  const index = usable(track);
  const n = index.length;
  if (n < FEWEST) return null;
  const ordinary = new Uint8Array(n).fill(1);
  const middle = countable(track, index) ? middling(track, index) : ordinary.slice();
  let pass = scorePass(track, index, middle);
  // the strongest candidate is left out first, so that it cannot vouch for itself; in long series it hardly can
  const first = n > LONG ? null : strongestRun(scanTable(pass.score), { acf: [], centerError: 0 }, 1.5);
  if (first !== null) {
    mark(middle, [first]);
    pass = scorePass(track, index, middle);
  }
  const rounds = n > LONG ? 1 : first === null ? 0 : 2;
  for (let round = 0; round < rounds; round++) {
    const runs = search(pass, scanThreshold(0.05, n), 64);
    if (runs.length === 0 && n > LONG) break;
    ordinary.fill(1);
    // what happens all the time is ordinary
    const few = runs.length > 0 && runs.length <= Math.max(4, n / 20);
    mark(ordinary, few ? runs : first === null ? [] : [first]);
    pass = scorePass(track, index, ordinary);
  }
  const bare = unmasked(track, index, first);
  if (bare !== null) {
    ordinary.set(bare);
    pass = scorePass(track, index, ordinary);
  }
  return { index, ordinary, pass, shape: scanShape(track, index, ordinary, pass) };
}

/** Samples from which on a run is no single outlier. */
const LASTING = 3;
/** Significance of runs that are believed to have masked each other. */
const MASKED = 1e-6;
/** Most runs that can mask each other. */
const MASKS = 6;

/**
 * The ordinary samples where several lasting episodes of one kind hide each other, each making the others look usual:
 * the strongest runs are left out one after the other, and then each of them must be far outside what is left (outward
 * testing, as in Rosner 1983, Technometrics 25:165, on runs instead of values). Null where fewer than two are, and where
 * not even the strongest run of all, `first`, lasts.
 */
function unmasked(track: Track, index: Int32Array, first: Run | null): Uint8Array | null {
  if (first === null || first.to - first.from < LASTING) return null;
  const n = index.length;
  const ordinary = new Uint8Array(n).fill(1);
  let removed = 0;
  for (; removed < MASKS; removed++) {
    const { score } = scorePass(track, index, ordinary);
    const left = score.map((z, k) => (ordinary[k] ? z : 0));
    const next = strongestRun(scanTable(left), { acf: [], centerError: 0 }, 1.5);
    if (next === null || next.to - next.from < LASTING) break;
    const before = ordinary.slice();
    mark(ordinary, [next]);
    if (ordinary.every((kept, k) => kept === before[k])) break;
  }
  if (removed < 2) return null;
  const runs = search(scorePass(track, index, ordinary), scanThreshold(MASKED, n), 64);
  const lasting = runs.filter((run) => run.to - run.from >= LASTING);
  if (lasting.length < 2 || lasting.length > removed) return null;
  ordinary.fill(1);
  mark(ordinary, lasting);
  return ordinary;
}

/** Runs in one direction whose standardised sum reaches a threshold, with their edges where they belong. */
export function runsOf(track: Track, { index, ordinary, pass }: Survey, direction: 1 | -1, threshold: number): Run[] {
  const departure = pick(track.value, index);
  for (let k = 0; k < departure.length; k++) departure[k]! -= pass.baseline;
  return mergeRuns(
    scanRuns(scanTable(pass.score), pass, threshold, direction).map((run) =>
      fitRun(run, pass.score, departure, direction),
    ),
  ).filter((run) => abrupt(run, pass, ordinary));
}

/**
 * A run that touches the first or the last sample may be the end of a slow drift rather than a burst that the recording
 * cut: then the ordinary samples drift too, and their straight line goes on to explain a third of it or more.
 */
export function abrupt(run: Run, pass: Pass, ordinary: Uint8Array): boolean {
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
  const n = index.length;
  const seconds = new Float64Array(n);
  const rate = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    seconds[k] = secondsAt(track, index[k]!);
    rate[k] = eventsAt(track, index[k]!) / seconds[k]!;
  }
  const some = evenSample(rate, n);
  const center = quantileOfSorted(some.slice().sort(), 0.5);
  const apart = quantileOfSorted(some.map((v) => Math.abs(v - center)).sort(), 0.5);
  const near = new Uint8Array(n);
  let kept = 0;
  for (let k = 0; k < n; k++) {
    const poisson = Math.sqrt(center * seconds[k]! + 1) / seconds[k]!;
    if (Math.abs(rate[k]! - center) <= 5 * poisson + 3 * 1.4826 * apart) kept += near[k] = 1;
  }
  return kept * 2 >= n ? near : near.fill(1);
}

/** Runs in both directions, best first. */
function search(pass: Pass, threshold: number, most: number): Run[] {
  const table = scanTable(pass.score);
  return [...scanRuns(table, pass, threshold, 1, most), ...scanRuns(table, pass, threshold, -1, most)].sort(
    (a, b) => b.score - a.score,
  );
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
