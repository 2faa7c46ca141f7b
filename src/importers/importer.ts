import type { DumpFile, Head } from '../types/dump.js';
import type { Fact, Labels, LogEvent, SeriesKind } from '../types/series.js';
import type { Milliseconds, Ratio, Unit } from '../types/units.js';
import type { ProblemCode } from '../text/en/problems.js';
import type { ProblemArgs } from '../types/problem.js';

/** What the source itself says of a series; the signal catalogue overrules `kind` and `unit` for names it knows. */
export interface SeriesHints {
  readonly kind?: SeriesKind;
  readonly unit?: Unit;
  /** Smoothing window when the numbers came as a rate already. */
  readonly window?: Milliseconds;
  /** Rounding half-step of the printed values, in the unit after conversion. */
  readonly rounding?: number;
  /** Conversion already applied, for provenance: `× 1024 (KiB → bytes)`. */
  readonly conversion?: string;
  /** The name means nothing outside this file (`Value`): never joined with the same name of another file. */
  readonly scope?: 'file';
}

/** Takes the samples of one series, in any order; duplicates and disorder are repaired (with a problem) at the end. */
export interface SeriesWriter {
  /** @param time epoch ms @param value NaN = no sample @param line 1-based line or row, 0 when unknown */
  push(time: Milliseconds, value: number, line?: number): void;
  /** The same for the first `count` samples of two columns, which are copied. */
  pushAll(times: Float64Array, values: Float64Array, count: number, line?: number): void;
}

/** How the times of a file are to be read. */
export type FileClock =
  | { readonly kind: 'utc' }
  /** Every time carried its own offset. */
  | { readonly kind: 'offset'; readonly zone: string }
  /** Local wall-clock times without a zone: pushed as if they were UTC; shifted later, once the zone is known. */
  | {
      readonly kind: 'local';
      /**
       * Instants (as pushed) from which on the clock had been put back, each by an hour: an hour has been added to all
       * later times, so that they stay in order.
       */
      readonly folds?: readonly Milliseconds[];
    }
  /** Seconds since boot: pushed as ms since boot; shifted later with the boot time of the node. */
  | { readonly kind: 'boot' }
  /** Times relative to an unknown start (0, 1, 2 … s). */
  | { readonly kind: 'relative' };

/** Where an importer puts what it reads. Methods never throw on odd input. */
export interface Sink {
  /**
   * The writer of the series with this foreign name and these labels, the same object for the same arguments. An empty
   * name says that only the file's name (or a table of queries beside it) tells what was measured.
   */
  series(name: string, labels: Labels, hints?: SeriesHints): SeriesWriter;
  fact(
    name: string,
    value: string | number | boolean,
    options?: { labels?: Labels; unit?: Unit; line?: number; time?: Milliseconds },
  ): void;
  event(event: Omit<LogEvent, 'source'> & { readonly line?: number; readonly name?: string }): void;
  problem(code: ProblemCode, args?: ProblemArgs, line?: number): void;
  /**
   * States that a line was read although nothing was put in for it: it continues or introduces others, or is one of many
   * that are counted together. Lines with numbers for which nothing is put in and nothing is said are reported.
   */
  passed(line: number): void;
  /** States how the file's times are to be read; default `utc`. To be called before the first series is asked for. */
  clock(clock: FileClock): void;
  /** The variant that was recognised, shown by `inspect`: `query_range matrix`, `softnet_stat, 13 columns`. */
  format(variant: string): void;
  /** States the expression whose answer another file of the dump holds. @param file path inside the dump */
  expression(file: string, text: string): void;
  /**
   * When the file was taken, for formats that carry no time: manifest, path, surrounding `date` lines, modification
   * time. `undefined` when nothing tells.
   */
  readonly taken: { readonly time: Milliseconds; readonly how: 'path' | 'date-line' | 'archive' | 'file' } | undefined;
  /** Labels that the path tells: `pid`, `tid`, `cgroup`, `node`, `pod`; merged into every series by the importer that wants them. */
  readonly context: Labels;
}

/** One source format. A plain object, one per file of this folder, its id equal to the file name. */
export interface Importer {
  readonly id: string;
  readonly title: string;
  readonly format: { readonly reference: string; readonly versions: string };
  /** 0 not mine … 1 certain, from the content; the path may only break ties (≤ 0.05). */
  sniff(head: Head): Ratio;
  /** Reads the file as a stream into the sink. Throws nothing on bad input: problems instead. */
  read(file: DumpFile, sink: Sink): Promise<void>;
}

export type { Fact };
