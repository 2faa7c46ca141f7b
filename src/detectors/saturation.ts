import { findingId, sourcesOf, trackUnit } from '../stats/finding.js';
import { median, quantileOfSorted, sortedFinite } from '../stats/quantile.js';
import { smoothingOf } from '../stats/samples.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';

/** Fewest samples in a row at the ceiling. */
const FEWEST = 4;
/** Share of the range within which samples count as being at the ceiling. */
const BAND = 0.01;

/**
 * Stretches in which a varying series stays at its highest value: something is full. The series must climb to the
 * ceiling by itself (not jump there), and must scatter far more below it than at it.
 */
export const saturation: Detector = {
  id: 'saturation',
  pattern: 'saturation',
  title: 'saturation at a ceiling',
  reference: 'chance of a run so long in the top band, at the rate at which samples visit it otherwise',
  scaleFree: false,
  fewest: 20,
  detect: (track) => plateaus(track),
};

function plateaus(track: Track): Finding[] {
  // neighbouring samples of a smoothed series share their past: plateaus are its nature
  if (smoothingOf(track) > track.step) return [];
  const { value } = track;
  const [bottom, top] = extremes(value);
  const range = top - bottom;
  if (!(range > 0)) return [];
  const floor = top - BAND * range;
  const runs = runsAbove(value, floor).filter(({ first, last }) => last - first + 1 >= FEWEST);
  if (runs.length === 0) return [];
  const sorted = sortedFinite(value);
  if (sorted.length < 20) return [];
  const middle = quantileOfSorted(sorted, 0.5);
  if (!(top - middle > 0.2 * range)) return [];
  const inBand = sorted.filter((v) => v >= floor).length;
  const out: Finding[] = [];
  for (const run of runs) {
    const length = run.last - run.first + 1;
    if (!climbs(value, run.first, sorted)) continue;
    const rate = (inBand - length + 0.5) / (sorted.length - length + 1);
    const p = Math.min(1, sorted.length * Math.pow(rate, length - 1));
    if (p <= 0.01) out.push(plateauFinding(track, run, top, middle, Math.max(p, 1e-300)));
  }
  return out;
}

/** Smallest and largest finite value; NaN is passed over. */
function extremes(value: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const v of value) {
    if (v < low && v > -Infinity) low = v;
    if (v > high && v < Infinity) high = v;
  }
  return [low, high];
}

function runsAbove(value: Float64Array, floor: number): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  let first = -1;
  for (let i = 0; i <= value.length; i++) {
    if (i < value.length && value[i]! >= floor) {
      if (first < 0) first = i;
    } else if (first >= 0) {
      runs.push({ first, last: i - 1 });
      first = -1;
    }
  }
  return runs;
}

/** At least two different values between the ordinary level and the ceiling just before the run. */
function climbs(value: Float64Array, first: number, sorted: Float64Array): boolean {
  const low = quantileOfSorted(sorted, 0.5);
  const top = sorted.at(-1)!;
  const way = new Set<number>();
  for (let i = Math.max(0, first - 6); i < first; i++) {
    const v = value[i]!;
    if (v > low + 0.1 * (top - low) && v < top) way.add(v);
  }
  return way.size >= 2;
}

function plateauFinding(
  track: Track,
  run: { first: number; last: number },
  top: number,
  middle: number,
  p: number,
): Finding {
  const from = track.time[run.first]! - track.step / 2;
  const to = track.time[run.last]! + track.step / 2;
  const apart = 1.4826 * median(track.value.map((v) => Math.abs(v - middle)));
  return {
    id: findingId('saturation', track.series.key, from, to),
    pattern: 'saturation',
    signal: track.series.signal,
    labels: track.series.labels,
    from,
    to,
    uncertainty: track.step / 2,
    peak: top,
    baseline: middle,
    unit: trackUnit(track),
    strength: apart > 0 ? (top - middle) / apart : run.last - run.first + 1,
    p,
    direction: 'up',
    series: track.series.key,
    sources: sourcesOf(track, run.first, run.last),
  };
}
