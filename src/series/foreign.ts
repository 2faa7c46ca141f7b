import type { FileClock, SeriesHints } from '../importers/importer.js';
import type { Fact, Labels, LogEvent, Origin } from '../types/series.js';
import type { ClockStatement, FileReport } from '../types/case.js';
import type { Problem } from '../types/problem.js';

/** A series as the file names it, before the catalogue has seen it. */
export interface ForeignSeries extends SeriesHints {
  readonly name: string;
  readonly labels: Labels;
  readonly importer: string;
  /**
   * The file gave no times: they are that of the file system (`file`), which a copy changes, or none at all (`never`,
   * then they are 0). One series per file, not joined yet.
   */
  readonly dated?: 'file' | 'never';
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly origin: Origin;
}

/** Everything the importers of one dump yielded; clocks not yet aligned, names not yet resolved. */
export interface Imported {
  readonly name: string;
  readonly sha256: string;
  readonly files: readonly FileReport[];
  /** Clock statement per path; `utc` when absent. */
  readonly clocks: ReadonlyMap<string, FileClock>;
  /** The query whose answer a file holds, by path, where the dump says so. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly series: readonly ForeignSeries[];
  readonly facts: readonly Fact[];
  readonly events: readonly LogEvent[];
  /** How the times of each file were read, once `alignClocks` has been at work. */
  readonly alignment?: readonly ClockStatement[];
  readonly problems: readonly Problem[];
}
