import type { ColumnTable } from 'arquero';
import type { Case } from './case.js';
import type { Diagnosis } from './diagnosis.js';
import type { Finding } from './finding.js';
import type { Labels } from './series.js';
import type { Track } from './track.js';
import type { Milliseconds } from './units.js';

/** What the engineer may say beforehand. */
export interface InquiryOptions {
  /** Incident window, given; epoch ms UTC. */
  readonly from?: Milliseconds;
  readonly to?: Milliseconds;
  /** Zones of sources with local times: `{ glob?, zone }`; zone `raw` undoes inference. */
  readonly tz?: readonly { readonly glob?: string; readonly zone: string }[];
  /** Signal whose movement is the complaint. */
  readonly symptom?: string;
  /** Keep only series whose labels match. */
  readonly only?: Readonly<Record<string, string>>;
  /** Facts given by the engineer, marked as assumed. */
  readonly assume?: Readonly<Record<string, string | number | boolean>>;
  /** Globs of files to leave out, to see what the verdict rests on. */
  readonly without?: readonly string[];
}

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
