import type { ColumnTable } from 'arquero';
import type { Case } from './case.js';
import type { Diagnosis } from './diagnosis.js';
import type { Finding } from './finding.js';
import type { InquiryOptions } from './options.js';
import type { Labels } from './series.js';
import type { Track } from './track.js';

export type { InquiryOptions } from './options.js';

/** A finished inquiry: everything the report, a notebook or a program may ask for. */
export interface Inquiry {
  readonly case: Case;
  /** The tracks the diagnosis looked at: one source per signal and entity, rates for counters. */
  readonly tracks: readonly Track[];
  readonly findings: readonly Finding[];
  readonly diagnosis: Diagnosis;
  readonly options: InquiryOptions;
  /** Samples of a signal as an arquero table: time (ms), value, and one column per label. */
  table(signal: string, labels?: Labels): ColumnTable;
}
