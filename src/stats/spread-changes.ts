import { regimes } from './regimes.js';
import { runningMedian, scaleAroundZero } from './robust-scale.js';

export interface SpreadChange {
  /** Index of the first sample with the new spread. */
  readonly at: number;
  /** Typical deviation before and after, in the unit of the series. */
  readonly before: number;
  readonly after: number;
  readonly p: number;
}

/**
 * Lasting changes of the spread of a series, apart from changes of its level: levels and slopes are taken out by a running
 * median first, and the logarithm of what is left is searched for shifts (`regimes`).
 * @param values - finite samples in time order
 */
export function spreadChanges(values: Float64Array): SpreadChange[] {
  const sized = deviationSizes(values);
  if (sized === null) return [];
  return regimes(sized.size, 'spread').shifts.map(({ at, before, after, p }) => ({
    at,
    before: (Math.exp(before) - FLOOR) * sized.scale,
    after: (Math.exp(after) - FLOOR) * sized.scale,
    p,
  }));
}

/** A tenth of the scale keeps the logarithm of ties and zeros from ruling. */
const FLOOR = 0.1;

/** Logarithms of the sizes of deviations from the running median, and their scale; null for too few or constant samples. */
export function deviationSizes(values: Float64Array): { readonly size: Float64Array; readonly scale: number } | null {
  if (values.length < 24) return null;
  const centre = runningMedian(values, 3);
  const deviation = values.map((v, i) => v - centre[i]!);
  const scale = scaleAroundZero(deviation);
  if (!(scale > 0)) return null;
  return { size: deviation.map((v) => Math.log(Math.abs(v) / scale + FLOOR)), scale };
}
