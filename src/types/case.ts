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
  readonly problems: readonly Problem[];
}

/** An entity that series, facts or events speak of. */
export interface Entity {
  readonly type: 'node' | 'namespace' | 'pod' | 'container' | 'process' | 'service';
  readonly labels: Labels;
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
  readonly problems: readonly Problem[];
}
