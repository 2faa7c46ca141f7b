import type { Labels, Source } from './series.js';
import type { Milliseconds, Unit } from './units.js';

export type Pattern =
  | 'burst'
  | 'dip'
  | 'level-shift'
  | 'trend'
  | 'variance-change'
  | 'compensation'
  | 'saturation'
  | 'periodicity'
  | 'reset'
  | 'gap';

/** One ordered part of a compensating pattern. */
export interface Lobe {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** `up` above the baseline, `down` below it. */
  readonly direction: 'up' | 'down';
  /** Events above (positive) or below (negative) what the baseline predicts; in unit·seconds for gauges. */
  readonly excess: number;
  readonly p: number;
}

/** A statement about one series with numbers and a known error rate. */
export interface Finding {
  /** Stable hash of pattern, series and window. */
  readonly id: string;
  readonly pattern: Pattern;
  readonly signal: string;
  readonly labels: Labels;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Uncertainty of `from` and `to` that follows from the sampling, ms. */
  readonly uncertainty: Milliseconds;
  readonly peak: number;
  readonly baseline: number;
  readonly unit: Unit;
  /** Robust standard score of the strongest sample (no unit), always positive. */
  readonly strength: number;
  /** p-value under "nothing happened", after correction for the number of places looked at within the series. */
  readonly p: number;
  /** Benjamini–Hochberg q-value over all series of the dump; set by `detectAll`. */
  readonly q?: number;
  /** `up` or `down` where the pattern has a direction. */
  readonly direction?: 'up' | 'down';
  /** Area above the baseline in unit·seconds (for rates: number of extra events). */
  readonly excess?: number;
  readonly lobes?: readonly Lobe[];
  /** Period of a periodicity, ms. */
  readonly period?: Milliseconds;
  /** Key of the series (`Series.key`). */
  readonly series: string;
  readonly sources: readonly Source[];
}
