import type { Finding } from './finding.js';
import type { Milliseconds } from './units.js';

/** A span in which more series moved at once than chance explains, at least one of them a symptom. */
export interface IncidentWindow {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  /** Uncertainty of both ends that follows from the sampling, ms. */
  readonly uncertainty: Milliseconds;
  /** Findings that overlap the window and belong to it. */
  readonly findings: readonly Finding[];
}
