import type { Series } from './series.js';

/**
 * A series made ready for statistics: a gauge, or a rate per second. Sample i speaks for the span
 * `(from[i], time[i]]`: for rates the interval between two readings of the counter (or the smoothing window of a rate
 * that came as a rate), for gauges the instant `time[i]` alone (`from[i] === time[i]`).
 */
export interface Track {
  readonly series: Series;
  readonly from: Float64Array;
  readonly time: Float64Array;
  /** Gauge value, or events per second; NaN = no sample (gap, reset, first reading). */
  readonly value: Float64Array;
  /** Whole events in the interval, for counters of countable things; else absent. */
  readonly count?: Float64Array;
  /** Noise law that fits: whole events, or a level. */
  readonly law: 'count' | 'level';
  /** Median step, ms. */
  readonly step: number;
}
