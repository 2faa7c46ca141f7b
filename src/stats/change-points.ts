import { sortedFinite, median, quantileOfSorted } from './quantile.js';
import { winsorise } from './robust-scale.js';
import { findPeriod, withoutSeason } from './season.js';
import { segmentation, type MeanLaw, type SegmentationOptions } from './segmentation.js';

export interface ChangePoints {
  /** Ascending indices of the first sample of each new regime. */
  readonly cuts: readonly number[];
  /** Whether regimes are levels (`constant`) or slopes (`line`). */
  readonly law: MeanLaw;
  /** Autocorrelation of the noise that was allowed for. */
  readonly phi: number;
  /** Samples per cycle that was taken out first, where there is one. */
  readonly period: number | null;
}

export interface ChangePointOptions extends SegmentationOptions {
  /** Samples to which longer series are thinned for the search (places are then found back in the full series). */
  readonly resolution?: number;
}

// One two-hundredth of the range of the series is about the width of a drawn line: smaller differences are not changes.
const FLOOR = 0.005;
// An additive outlier must not lean on its neighbours; four robust deviations spare normal noise (1 in 16,000).
const LIMIT = 4;
const HALF = 3;
const RESOLUTION = 1000;

/**
 * Changes of regime of a series, as a careful reader would mark them: level shifts and bends, not outliers, not the
 * ripples of a cycle, not the wandering of autocorrelated noise. Nothing needs to be set.
 * @param columns - one column, or several whose changes are common; NaN = missing (bridged from the neighbours)
 * @returns no cuts for empty, constant or too short input
 * @remarks Cycle out (`withoutSeason`), then `segmentation` on columns scaled by their 5–95 % range.
 */
export function changePoints(
  columns: Float64Array | readonly Float64Array[],
  options: ChangePointOptions = {},
): ChangePoints {
  const given = columns instanceof Float64Array ? [columns] : columns;
  const minSegment = options.minSegment ?? 5;
  let period: number | null = null;
  const ready: Float64Array[] = [];
  const full: Float64Array[] = [];
  const bins = Math.ceil((given[0]?.length ?? 0) / (options.resolution ?? RESOLUTION));
  for (const column of given) {
    const even = standardised(bridged(column));
    if (even === null || even.length < 2 * minSegment) continue;
    full.push(even);
    const thin = thinned(even, bins);
    const calm = winsorise(thin, HALF, LIMIT);
    const cycle = findPeriod(calm);
    if (cycle !== null) period = cycle.samples * bins;
    ready.push(cycle === null ? calm : winsorise(withoutSeason(thin, cycle.samples), HALF, LIMIT));
  }
  if (ready.length === 0) return { cuts: [], law: 'constant', phi: 0, period: null };
  const found = segmentation(ready, { floor: FLOOR, ...options });
  const cuts = found.cuts.map((cut) => place(full, cut * bins, bins));
  return { cuts, law: found.law, phi: found.phi, period };
}

/** Missing samples take the value on the straight line between their neighbours; ends repeat the nearest value. */
function bridged(values: Float64Array): Float64Array {
  const out = values.slice();
  let last = -1;
  for (let i = 0; i < out.length; i++) {
    if (!Number.isFinite(out[i]!)) continue;
    for (let j = last + 1; j < i; j++) {
      const share = last < 0 ? 1 : (j - last) / (i - last);
      out[j] = (last < 0 ? 0 : out[last]! * (1 - share)) + out[i]! * share;
    }
    last = i;
  }
  if (last >= 0) out.fill(out[last]!, last + 1);
  return last < 0 ? new Float64Array(0) : out;
}

/** Centred at the median and scaled by the 5–95 % range; null for a series that does not vary. */
function standardised(values: Float64Array): Float64Array | null {
  const centre = median(values);
  const centred = values.map((v) => v - centre);
  const sorted = sortedFinite(centred);
  const range = quantileOfSorted(sorted, 0.95) - quantileOfSorted(sorted, 0.05);
  const scale = range > 0 ? range : sorted.at(-1)! - sorted[0]!;
  return scale > 0 && Number.isFinite(scale) ? centred.map((v) => v / scale) : null;
}

function thinned(values: Float64Array, bin: number): Float64Array {
  if (bin === 1) return values;
  const out = new Float64Array(Math.floor(values.length / bin));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = i * bin; j < (i + 1) * bin; j++) sum += values[j]!;
    out[i] = sum / bin;
  }
  return out;
}

/** Finds a cut of thinned columns back in the full ones: the split of four bins into the two most different means. */
function place(columns: readonly Float64Array[], cut: number, bin: number): number {
  if (bin === 1) return cut;
  const from = Math.max(0, cut - 2 * bin);
  const to = Math.min(columns[0]!.length, cut + 2 * bin);
  const gain = new Float64Array(to - from);
  for (const column of columns) {
    let total = 0;
    for (let i = from; i < to; i++) total += column[i]!;
    let left = 0;
    for (let i = from + 1; i < to; i++) {
      left += column[i - 1]!;
      const a = i - from;
      const b = to - i;
      gain[a]! += (left / a - (total - left) / b) ** 2 * ((a * b) / (a + b));
    }
  }
  let best = cut - from;
  for (let a = cut - bin - from; a <= cut + bin - from; a++) if (gain[a]! > gain[best]!) best = a;
  return from + best;
}
