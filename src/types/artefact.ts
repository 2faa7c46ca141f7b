import type { Labels, Source } from './series.js';
import type { Milliseconds } from './units.js';

/**
 * What the measuring did, not the system: counters of one collector begin anew, a scrape that read nothing, scrapes that
 * are missing, a clock that was stepped, the same series under further labels.
 */
export type ArtefactKind = 'restart' | 'misread' | 'missed' | 'clock-step' | 'copy';

/** Something that looks like an event and is one of the collection. */
export interface Artefact {
  readonly kind: ArtefactKind;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Who collected the series: job and instance, or the folder of the files. */
  readonly target: string;
  /** Labels that all its series share. */
  readonly labels: Labels;
  /** Series that show it, and series of the target that could. */
  readonly series: number;
  readonly of: number;
  /** Some of the signals that show it. */
  readonly signals: readonly string[];
  /** Samples and intervals that are set aside, so that no clue is fed by them. */
  readonly setAside: number;
  /** By how much the clock went forward (positive) or back, ms. */
  readonly step?: Milliseconds;
  /** Whether times were put right by it. */
  readonly corrected?: boolean;
  /** Findings that show it. */
  readonly findings: readonly string[];
  readonly sources: readonly Source[];
}
