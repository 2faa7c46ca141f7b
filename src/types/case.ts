import type { TextForm } from './dump.js';
import type { Fact, Labels, LogEvent, Series } from './series.js';
import type { Milliseconds } from './units.js';
import type { Problem } from './problem.js';

/** What became of one file. */
export interface FileReport {
  readonly path: string;
  /** Importer id, or null when nobody claimed the file. */
  readonly importer: string | null;
  readonly format?: string;
  readonly series: number;
  readonly samples: number;
  readonly facts: number;
  readonly events: number;
  readonly span?: { readonly from: Milliseconds; readonly to: Milliseconds };
  readonly step?: Milliseconds;
  /** Zone of local times in the file and how it is known, e.g. `Asia/Shanghai (inferred: …)`. */
  readonly zone?: string;
  /** How its text was written; absent for parts of files. */
  readonly text?: TextForm;
  readonly problems: readonly Problem[];
}

/** Why a zone is believed. */
export interface ClockEvidence {
  /** Pairs of series of the same thing that were compared with sources of known clock. */
  readonly series: number;
  /** Samples that could be equal, and those that are. */
  readonly compared?: number;
  readonly equal?: number;
  /** Mean correlation of the courses. */
  readonly correlation?: number;
  /** The next best zone: share of equal samples, correlation. */
  readonly runnerUp?: { readonly zone: string; readonly equal?: number; readonly correlation?: number };
  /** Other files of the same export whose zone stands in, where the file itself decides nothing. */
  readonly files?: number;
  /** The only zone under which the file lies in the time of the others. */
  readonly overlap?: boolean;
}

/** A constant offset between the clocks of two sources. */
export interface ClockSkew {
  /** ms, positive: ahead of the other source. */
  readonly offset: Milliseconds;
  /** ms to either side. */
  readonly uncertainty: Milliseconds;
  /** Whether times were shifted by it. */
  readonly corrected: boolean;
  /** Pairs of series compared, and readings found in both sources. */
  readonly series: number;
  readonly equal: number;
  /** A file of the source it was measured against. */
  readonly against: string;
}

/** How the times of one file were read. */
export interface ClockStatement {
  readonly file: string;
  /** IANA name, offset such as `+08:00`, `UTC`, `boot`, `relative`. */
  readonly zone: string;
  readonly how: 'stated' | 'inferred' | 'assumed' | 'given';
  /** What was added to the times as written, ms, at the beginning of the file. */
  readonly shift: Milliseconds;
  readonly evidence?: ClockEvidence;
  /** Offset of the clock against another source that no zone explains, and how it was measured. */
  readonly skew?: ClockSkew;
}

/** An entity that series, facts or events speak of. */
export interface Entity {
  readonly type: 'node' | 'namespace' | 'workload' | 'pod' | 'container' | 'process' | 'service';
  /** Its name and those of what it belongs to; of a pod also `workload`, where it is one of several or was made by one. */
  readonly labels: Labels;
  /** Kind of a workload: `Deployment`, `StatefulSet` …, where an owner reference says so. */
  readonly kind?: string;
  /** First sample of a pod that began within the recording. */
  readonly begins?: Milliseconds;
  /** Last sample of a pod that ended within the recording. */
  readonly ends?: Milliseconds;
  /** Pod of the same workload whose place it took. */
  readonly replaces?: string;
  /** Instants from which on its counters began anew under the same name. */
  readonly restarts?: readonly Milliseconds[];
}

/** Everything a dump says, in one shape, on one clock. */
export interface Case {
  readonly name: string;
  readonly sha256: string;
  readonly files: readonly FileReport[];
  readonly series: readonly Series[];
  readonly facts: readonly Fact[];
  readonly events: readonly LogEvent[];
  readonly entities: readonly Entity[];
  readonly span: { readonly from: Milliseconds; readonly to: Milliseconds };
  /** How the times of each file were read; files with UTC times throughout are left out. */
  readonly clocks?: readonly ClockStatement[];
  readonly problems: readonly Problem[];
}
