import { causes } from '../../src/causes/all.js';
import { signals } from '../../src/signals/all.js';
import type { Signal } from '../../src/signals/signal.js';
import type { Case } from '../../src/types/case.js';
import type { Fact, Labels, LogEvent, Series } from '../../src/types/series.js';
import { queue, type Second, type Setup, type Trouble } from './queue.js';
import { noise, seeded } from './synth.js';

/** Start of simulated recordings. */
export const START = Date.UTC(2024, 4, 6, 10, 0, 0);
/** Seconds from which to which the fault is at work. */
export const FAULT = { from: 180, to: 210 };
const LENGTH = 300;
/** CPUs of a node: faults and the healthy state give its CPU time over all of them, the signals as a mean. */
const CPUS = 4;

/** What a fault adds to a signal while it lasts: units per second for counters, the level itself for gauges. */
export type Effect = number | ((t: number) => number);

/** A fault as its mechanism tells: what it does to the server, what the kernel counts, what is logged. */
export interface Fault {
  readonly hit?: 'one' | 'node' | 'all';
  readonly trouble?: Trouble;
  readonly setup?: Partial<Setup>;
  /** Extra movement of signals on the pods hit, and on their node. */
  readonly effects?: Readonly<Record<string, Effect>>;
  readonly facts?: Readonly<Record<string, string | number | boolean>> | 'none';
  /** Kinds of events, at the beginning of the fault. */
  readonly events?: readonly string[];
  /** Seconds in which nothing on the node takes a sample; what others measure goes on. */
  readonly silent?: (t: number) => boolean;
  /** Only these signals were collected. */
  readonly only?: readonly string[];
  /** Sampling, seconds. */
  readonly step?: number;
  readonly length?: number;
}

interface Pod {
  readonly name: string;
  readonly node: string;
  readonly clients: number;
}

const PODS: readonly Pod[] = [
  { name: 'shop-0', node: 'n1', clients: 40 },
  { name: 'cart-0', node: 'n1', clients: 24 },
  { name: 'mail-0', node: 'n1', clients: 14 },
  { name: 'wiki-0', node: 'n2', clients: 30 },
  { name: 'blog-0', node: 'n2', clients: 16 },
];

const USUAL: Setup = {
  clients: 0,
  rate: 5,
  churn: 0.02,
  pooled: true,
  backlog: 128,
  capacity: 4000,
  requestBytes: 500,
  replyBytes: 800,
};

/** What a healthy node shows: per second for counters, levels for gauges. Everything else that clues name is zero. */
const HEALTHY: Readonly<Record<string, number>> = {
  'cpu.node.idle': 2.8,
  'cpu.node.user': 0.8,
  'cpu.node.system': 0.2,
  'cpu.node.softirq': 0.02,
  'cpu.node.iowait': 0.003,
  'cpu.busiest.idle': 0.6,
  'cpu.busiest.system': 0.08,
  'cpu.busiest.softirq': 0.01,
  'cpu.softirq.net_rx': 400,
  'cpu.node.procs_running': 2,
  'cpu.node.run_queue_wait': 0.05,
  'cpu.cgroup.usage': 0.2,
  'cpu.cgroup.system': 0.05,
  'cpu.process.run_queue_wait': 0.005,
  'pressure.node.cpu.some': 0.01,
  'pressure.cgroup.cpu.some': 0.01,
  'pressure.node.io.some': 0.003,
  'block.device.io_time_weighted': 0.01,
  'block.device.written_bytes': 40_000,
  'memory.node.dirty': 300_000,
  'memory.node.written': 10,
  'memory.node.page_faults': 300,
  'memory.node.slab_unreclaimable': 200e6,
  'memory.cgroup.page_faults': 20,
  'memory.process.rss': 200e6,
  'fd.pod.open': 90,
  'pid.cgroup.current': 40,
  'net.conntrack.entries': 2000,
  'net.conntrack.limit': 65_536,
  'net.tcp.memory': 60,
  'net.tcp.time_wait': 30,
  'net.tcp.active_opens': 1,
  'net.interface.rx_packets': 400,
  'net.interface.tx_bytes': 120_000,
  'net.softnet.processed': 900,
  'net.arp.entries': 40,
  'numa.node.other': 20,
  'app.gc.pause_time': 0.002,
  'app.event_loop.lag': 0.005,
  'app.dns.request_time': 0.01,
  'measurement.up': 1,
  'measurement.scrape_duration': 0.05,
  'measurement.clock_offset': 0.0005,
  'measurement.process_start': 1_714_000_000,
  'net.path.rtt': 0.001,
};

const FACTS: Readonly<Record<string, string | number | boolean>> = {
  'numa.nodes': 2,
  'sysctl.kernel.numa_balancing': 1,
  'memory.swap_total': 0,
  'memory.total': 16e9,
  'thp.enabled': 'madvise',
  'limit.open_files': 1024,
  'cgroup.pids.max': 1000,
  'sysctl.net.ipv4.neigh.default.gc_thresh3': 1024,
  'net.port_range': 28_232,
};

/** Signals that the model of the queue yields, from its seconds. */
const MODELLED: Readonly<Record<string, (second: Second) => number>> = {
  'net.tcp.passive_opens': (s) => s.opens,
  'net.tcp.listen_drops': (s) => s.drops,
  'net.tcp.listen_overflows': (s) => s.drops,
  'net.tcp.retransmits': (s) => s.retransmits,
  'net.tcp.fast_retransmits': (s) => s.fastRetransmits,
  'net.tcp.timeouts': (s) => s.timeouts,
  'net.tcp.window_probes': (s) => s.probes,
  'net.tcp.segments_in': (s) => 2 * s.requests + s.opens,
  'net.socket.slow_reads_100ms': (s) => s.slowReads,
  'net.tcp.established': (s) => s.established,
  'net.tcp.close_wait': (s) => s.closeWait,
  'net.tcp.rx_queue': (s) => s.received,
  'net.tcp.tx_queue': (s) => s.unsent,
  'app.requests': (s) => s.requests,
  'app.failures': (s) => s.failures,
  'app.latency.p99': (s) => s.latency,
};

/** Signals that some clue looks at, and those of the model. */
function watched(): readonly Signal[] {
  const ids = new Set(Object.keys(MODELLED));
  for (const { expect } of causes.flatMap(({ clues }) => [...clues])) {
    if ('signal' in expect) ids.add(expect.signal);
    if (expect.kind === 'saturates' && typeof expect.limit === 'string') ids.add(expect.limit);
  }
  return signals.filter(({ id }) => ids.has(id));
}

const during = (t: number): boolean => t >= FAULT.from && t < FAULT.to;

/** Sum of a counter or samples of a level, every `step` seconds; zero stays zero, since idle kernels count nothing. */
function sampled(perSecond: readonly number[], counter: boolean, step: number): Float64Array {
  const out: number[] = [];
  let total = 1000;
  perSecond.forEach((value, t) => {
    total += counter ? value : 0;
    if ((t + 1) % step === 0) out.push(counter ? total : value);
  });
  return Float64Array.from(out);
}

function toSeries(signal: Signal, labels: Labels, perSecond: readonly number[], step: number): Series {
  const value = sampled(perSecond, signal.kind === 'counter', step);
  const file = `${labels['pod'] ?? labels['service'] ?? labels['node'] ?? 'all'}/${signal.id}.csv`;
  return {
    key: `${signal.id}${JSON.stringify(labels)}`,
    signal: signal.id,
    labels,
    unit: signal.unit,
    kind: signal.kind,
    time: Float64Array.from(value, (_, i) => START + (i + 1) * step * 1000),
    value,
    step: step * 1000,
    source: { file, importer: 'simulator' },
    origin: { files: [file], file: 0, line: 0 },
  };
}

/** Whether a unit counts whole things, which arrive as Poisson numbers. */
const whole = (unit: string): boolean => !['seconds', 'bytes', 'ratio'].includes(unit);

/** Healthy course of a signal with what the fault adds. */
function course(signal: Signal, effect: Effect | undefined, length: number, seed: number): number[] {
  const random = noise(seed);
  const base = HEALTHY[signal.id] ?? 0;
  const steady = signal.id.startsWith('measurement.') || signal.id.endsWith('.limit');
  return Array.from({ length }, (_, t) => {
    const extra = effect === undefined ? 0 : typeof effect === 'function' ? effect(t) : during(t) ? effect : 0;
    const mean = Math.max(0, base + extra);
    if (steady || mean === 0) return mean;
    // an event that a fault times itself happens as often as it says
    if (whole(signal.unit) && signal.kind === 'counter')
      return typeof effect === 'function' && base === 0 ? mean : random.poisson(mean);
    const value = Math.max(0, mean * (1 + 0.05 * random.normal()));
    return whole(signal.unit) || signal.unit === 'bytes' ? Math.round(value) : value;
  });
}

function labelsOf(signal: Signal, pod: Pod): Labels {
  if (signal.level === 'service') return { service: pod.name, pod: pod.name, node: pod.node };
  const own = { pod: pod.name, node: pod.node };
  if (signal.level === 'process') return { ...own, pid: '1' };
  if (signal.level === 'thread') return { ...own, pid: '1', tid: '1' };
  return own;
}

/** Which signals are the node's: those of its level, and interfaces, which both have. */
const ofNode = ({ level, id }: Signal): boolean =>
  level === 'node' || level === 'device' || id.startsWith('net.interface.');
const ofPod = ({ level, id }: Signal): boolean =>
  level !== 'node' && level !== 'device' && id !== 'net.interface.rx_fifo';

function struck({ hit = 'node' }: Fault, pod: Pod): boolean {
  return hit === 'all' || (hit === 'node' ? pod.node === 'n1' : pod.name === 'shop-0');
}

function podSeries(fault: Fault, pod: Pod, next: () => number): Series[] {
  const { step = 1, length = LENGTH } = fault;
  const hit = struck(fault, pod);
  const setup = { ...USUAL, clients: pod.clients, ...fault.setup };
  const seconds = queue(setup, hit ? (fault.trouble ?? {}) : {}, length, next());
  return watched()
    .filter(ofPod)
    .map((signal) => {
      const effect = hit ? fault.effects?.[signal.id] : undefined;
      const model = MODELLED[signal.id];
      const values = course(signal, effect, length, next());
      return toSeries(
        signal,
        labelsOf(signal, pod),
        model ? values.map((v, t) => v + model(seconds[t]!)) : values,
        step,
      );
    });
}

function nodeSeries(fault: Fault, node: string, next: () => number): Series[] {
  const { step = 1, length = LENGTH, hit = 'node' } = fault;
  return watched()
    .filter(ofNode)
    .map((signal) => {
      const effect = node === 'n1' || hit === 'all' ? fault.effects?.[signal.id] : undefined;
      const labels: Labels = signal.level === 'device' ? { node, device: 'disk0' } : { node };
      const values = course(signal, effect, length, next());
      const mean = (signal.fold?.by as string | undefined) === 'mean';
      return toSeries(signal, labels, mean ? values.map((value) => value / CPUS) : values, step);
    });
}

/** Nothing that is measured on a silent node has samples; clients and the collector are elsewhere. */
function withoutSilence(series: Series, { silent, hit = 'node' }: Fault): Series {
  const { signal, labels } = series;
  if (/^(app|measurement|net\.path)\./.test(signal) || (hit !== 'all' && labels['node'] !== 'n1')) return series;
  const kept = [...series.time.keys()].filter((i) => !silent!((series.time[i]! - START) / 1000 - 1));
  const pick = (from: Float64Array): Float64Array => Float64Array.from(kept, (i) => from[i]!);
  return { ...series, time: pick(series.time), value: pick(series.value) };
}

/**
 * A recording of five pods on two nodes of which one suffers a fault, as the importers would have yielded it.
 * @param fault - what happened from `FAULT.from` to `FAULT.to` seconds after `START`
 * @returns a case in signals, units and kinds of the catalogue; the same seed yields the same case
 */
export function simulate(fault: Fault, seed = 1): Case {
  const random = seeded(seed);
  const next = (): number => Math.floor(random() * 1e9);
  const { length = LENGTH, only } = fault;
  const series = [
    ...PODS.flatMap((pod) => podSeries(fault, pod, next)),
    ...['n1', 'n2'].flatMap((node) => nodeSeries(fault, node, next)),
  ];
  const heard = fault.silent === undefined ? series : series.map((one) => withoutSilence(one, fault));
  const source = { file: 'facts', importer: 'simulator' };
  const facts = Object.entries(fault.facts === 'none' ? {} : { ...FACTS, ...fault.facts }).map(
    ([name, value]): Fact => ({
      name,
      value,
      labels: { node: 'n1' },
      source,
    }),
  );
  const events = (fault.events ?? []).map((kind): LogEvent => ({
    time: START + (FAULT.from + 2) * 1000,
    kind,
    labels: { node: 'n1' },
    message: kind,
    source: { file: 'log', line: 1, importer: 'simulator' },
  }));
  return {
    name: 'simulated',
    sha256: '',
    files: [],
    series: only === undefined ? heard : heard.filter(({ signal }) => only.includes(signal)),
    facts,
    events,
    entities: [],
    span: { from: START + 1000, to: START + length * 1000 },
    problems: [],
  };
}
