import type { Milliseconds, Unit } from './units.js';

/** Label name → value. Canonical entity labels: node, namespace, pod, container, pid, tid; others keep their names. */
export type Labels = Readonly<Record<string, string>>;

/** Where a number came from. */
export interface Source {
  /** Path inside the dump. */
  readonly file: string;
  /** 1-based line or row. */
  readonly line?: number;
  readonly importer: string;
  /** Name in the file, as written. */
  readonly name?: string;
  /** What was done to the number on the way in, e.g. `× 1e-6 (µs → s)`. */
  readonly conversion?: string;
}

/** Per-sample origin, without an object per sample: a constant, or one entry per sample. */
export interface Origin {
  readonly files: readonly string[];
  /** Index into `files`: one for all samples, or one per sample. */
  readonly file: number | Uint32Array;
  /** 1-based line: one for all samples, or one per sample. 0 means unknown. */
  readonly line: number | Uint32Array;
}

/**
 * `counter`: cumulative, only resets make it fall. `gauge`: a level at an instant. `rate`: per second, already
 * differentiated, by the source (then `window` is its smoothing) or by us.
 */
export type SeriesKind = 'counter' | 'gauge' | 'rate';

/** One series of samples of one quantity on one entity. */
export interface Series {
  /** Stable text key, PromQL-like: `net.tcp.rx_queue{node="n1",pod="a"}`, unique within a case together with `source`. */
  readonly key: string;
  /** Catalogue id, or `raw:` + the foreign name. */
  readonly signal: string;
  readonly labels: Labels;
  readonly unit: Unit;
  readonly kind: SeriesKind;
  /** Epoch ms UTC, strictly increasing. */
  readonly time: Float64Array;
  /** Same length; NaN = no sample. Base units. */
  readonly value: Float64Array;
  /** Median distance of samples, ms; 0 for a single sample. */
  readonly step: Milliseconds;
  /** Smoothing of a rate that came as a rate, ms (`rate(x[60s])` → 60000). */
  readonly window?: Milliseconds;
  /** Rounding half-step of the values as printed in the source, in `unit`; 0 or absent when exact. */
  readonly rounding?: number;
  /** Who collected it, where the labels of the scrape say so: job and instance. */
  readonly target?: string;
  /** Series brought together in this one (the CPUs of a node, the threads of a process); absent when it is one. */
  readonly parts?: number;
  readonly source: Source;
  readonly origin: Origin;
}

/** One statement about the system that does not vary over the dump (or was read once). */
export interface Fact {
  /** `sysctl.kernel.numa_balancing`, `numa.nodes`, `cgroup.cpu.max` … */
  readonly name: string;
  readonly value: string | number | boolean;
  readonly unit?: Unit;
  readonly labels: Labels;
  /** When it was read, where known. */
  readonly time?: Milliseconds;
  readonly source: Source;
  /** Given by the engineer (`--assume`), not read from the dump. */
  readonly assumed?: boolean;
}

/** Something that happened at an instant or over a span: a kernel message, a Kubernetes event, a span of a trace. */
export interface LogEvent {
  readonly time: Milliseconds;
  readonly duration?: Milliseconds;
  /** `kernel.oom-kill`, `kubernetes.Unhealthy`, `kubeskoop.SOCKETLAT_READSLOW`, `log.error` … */
  readonly kind: string;
  readonly labels: Labels;
  readonly message: string;
  /** How many occurrences it stands for (aggregated events). */
  readonly count?: number;
  readonly source: Source;
}
