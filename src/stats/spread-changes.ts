import { regimes } from './regimes.js';
import { runningMedian, scaleAroundZero } from './robust-scale.js';

export interface SpreadChange {
  /** Index of the first sample with the new spread. */
  readonly at: number;
  /** Typical deviation before and after, in the unit of the series. */
  readonly before: number;
  readonly after: number;
  readonly p: number;
  /** Index of the first sample after this stretch. */
  readonly until: number;
  /** Change in standard errors. */
  readonly score: number;
  /** How many samples the place may be off. */
  readonly error: number;
}

/**
 * Lasting changes of the spread of a series, apart from changes of its level: levels and slopes are taken out by a running
 * median first, and the logarithm of what is left is searched for shifts (`regimes`).
 * @param values - finite samples in time order
 */
export function spreadChanges(values: Float64Array): SpreadChange[] {
  const sized = deviationSizes(values);
  if (sized === null) return [];
  return regimes(sized.size, 'spread').shifts.map(({ at, until, score, before, after, p }) => ({
    at,
    until,
    score,
    error: placeError(after - before),
    before: (Math.exp(before) - FLOOR) * sized.scale,
    after: (Math.exp(after) - FLOOR) * sized.scale,
    p,
  }));
}

/** Variance of the logarithm of a normal deviation's size: π²/8. */
const LOG_VARIANCE = Math.PI ** 2 / 8;

/**
 * Samples by which the place of a change of the mean logarithm by `size` may be off: its law scales with variance over
 * squared size (Hinkley 1970, Biometrika 57:1); the running median adds its half width.
 */
function placeError(size: number): number {
  return Math.ceil((2 * LOG_VARIANCE) / size ** 2) + HALF;
}

/** Samples to either side of the running median. */
const HALF = 3;

/** A tenth of the scale keeps the logarithm of ties and zeros from ruling. */
const FLOOR = 0.1;

/** Logarithms of the sizes of deviations from the running median, and their scale; null for too few or resting samples. */
export function deviationSizes(values: Float64Array): { readonly size: Float64Array; readonly scale: number } | null {
  if (values.length < 24) return null;
  const centre = runningMedian(values, HALF);
  const deviation = values.map((v, i) => v - centre[i]!);
  // where most samples lie on their level there is no scatter but moves now and then, which are counted elsewhere
  if (2 * deviation.filter((v) => v === 0).length > deviation.length) return null;
  const scale = scaleAroundZero(deviation);
  if (!(scale > 0)) return null;
  return { size: deviation.map((v) => Math.log(Math.abs(v) / scale + FLOOR)), scale };
}
