import type { BaseUnit } from '../types/units.js';

/** Who a signal speaks of. `node` signals must never tell pods apart, whatever labels they carry. */
export type Level = 'node' | 'pod' | 'process' | 'thread' | 'device' | 'cpu' | 'path' | 'service';

/** A foreign name of a signal. */
export interface SignalName {
  /**
   * Prometheus metric name (`kubeskoop_tcpext_listendrops`), or the path-like name our importers give:
   * `proc.net.netstat.TcpExt.ListenDrops`, `proc.vmstat.numa_pages_migrated`, `proc.pid.sched.numa_pages_migrated`,
   * `cgroup.cpu.stat.throttled_usec`.
   */
  readonly name: string;
  /** Labels that must match exactly, e.g. `{ mode: 'iowait' }`; they are removed from the series. */
  readonly where?: Readonly<Record<string, string>>;
  /** Factor to the base unit, e.g. 1e-6 for µs. */
  readonly scale?: number;
  /** Kind of this source when it differs from the signal's. */
  readonly kind?: 'counter' | 'gauge';
  /** Reading the source sets it to zero: each value counts since the previous reading; they are added up. */
  readonly sinceRead?: boolean;
  /** The source is host-wide although it carries pod labels: they are dropped. */
  readonly hostWide?: boolean;
}

/** One physical quantity under one name. */
export interface Signal {
  /** `subsystem.object.quantity`, without unit. */
  readonly id: string;
  readonly title: string;
  readonly unit: BaseUnit;
  readonly kind: 'counter' | 'gauge';
  readonly level: Level;
  /** Bits after which a counter wraps, when less than 64. */
  readonly wraps?: 32;
  /**
   * Labels summed (or averaged) away so that one series per entity remains. `max` and `min` speak of one part, so that
   * numbers whose parts were added up before say nothing of them.
   */
  readonly fold?: { readonly over: readonly string[]; readonly by: 'sum' | 'mean' | 'max' | 'min' };
  readonly names: readonly (string | SignalName)[];
}
