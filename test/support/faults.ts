import { FAULT, type Fault } from './simulate.js';
import { moreFaults } from './more-faults.js';
import type { Trouble } from './queue.js';

const on = (t: number): boolean => t >= FAULT.from && t < FAULT.to;
/** `value` while the fault lasts. */
const then =
  (value: number, usual: number) =>
  (t: number): number =>
    on(t) ? value : usual;
/** One slice of work in every second, as a quota gives it. */
const slices = (t: number): number => (on(t) ? (Math.round(t * 10) % 10 === 5 ? 0.1 : 0) : 1);

const stop: Trouble = { work: then(0, 1) };
const slow: Trouble = { work: slices };
/** The process does nothing: so it uses no CPU. */
const idle = { 'cpu.cgroup.usage': -0.19, 'cpu.cgroup.system': -0.045, 'memory.cgroup.page_faults': -19 };

/** One fault of every cause, its size as in recordings of the same mechanism. */
export const faults: Readonly<Record<string, Fault>> = {
  'app-stall': { hit: 'one', trouble: stop, effects: idle },
  'bandwidth-limit': {
    hit: 'one',
    trouble: { link: then(40_000, 1e9) },
    effects: {
      'net.qdisc.backlog': 60_000,
      'net.qdisc.overlimits': 60,
      'net.qdisc.drops': 4,
      'net.interface.tx_bytes': -80_000,
    },
  },
  'cgroup-stat-stall': {
    // the agent reads every ten seconds, and each read holds a CPU for three
    trouble: { loss: (t) => (on(t) && t % 10 < 3 ? 0.3 : 0) },
    effects: {
      'cpu.softirq.sched_slow': (t) => (on(t) && t % 10 < 3 ? 6 : 0),
      'cpu.node.system': (t) => (on(t) && t % 10 < 3 ? 0.9 : 0),
      'cpu.node.idle': (t) => (on(t) && t % 10 < 3 ? -0.9 : 0),
      'cpu.busiest.system': (t) => (on(t) && t % 10 < 3 ? 0.9 : 0),
      'cpu.busiest.idle': (t) => (on(t) && t % 10 < 3 ? -0.6 : 0),
    },
    facts: { 'cgroups.memory': 24_000 },
  },
  'clock-jump': {
    trouble: {},
    effects: { 'measurement.clock_offset': 12, 'app.latency.p99': 12 },
    events: ['log.clock-step'],
  },
  'conntrack-full': {
    trouble: { refuse: then(0.9, 0) },
    setup: { churn: 0.2 },
    effects: {
      'net.conntrack.drop': 40,
      'net.conntrack.entries': (t) => (t >= FAULT.from - 20 && t < FAULT.to ? 63_536 : 0),
    },
    events: ['kernel.conntrack-full'],
  },
  'conntrack-insert-race': {
    // each lost race counts as a drop as well
    effects: { 'net.conntrack.insert_failed': 3, 'net.conntrack.drop': 3, 'app.latency.p99': 5, 'app.failures': 3 },
  },
  'cpu-contention': {
    trouble: slow,
    effects: {
      'cpu.process.run_queue_wait': 0.8,
      'pressure.cgroup.cpu.some': 0.8,
      'pressure.node.cpu.some': 0.85,
      'cpu.node.run_queue_wait': 8,
      'cpu.node.procs_running': 14,
      'cpu.node.idle': -2.75,
      'cpu.node.user': 2.7,
      'cpu.cgroup.usage': -0.1,
    },
  },
  'cpu-steal': {
    trouble: slow,
    effects: { 'cpu.node.steal': 1.8, 'cpu.node.idle': -1.5, 'cpu.node.run_queue_wait': 0.2 },
    hit: 'all',
  },
  'cpu-throttling': {
    hit: 'one',
    trouble: slow,
    effects: {
      'cpu.cgroup.throttled_time': 0.9,
      'cpu.cgroup.throttled_periods': 9.5,
      'pressure.cgroup.cpu.some': 0.9,
      'cpu.cgroup.usage': -0.1,
    },
    facts: { 'cgroup.cpu.max': 0.2 },
  },
  'dependency-slow': {
    hit: 'one',
    trouble: slow,
    effects: { ...idle, 'net.tcp.active_opens': 12 },
    events: ['trace.slow-client-span'],
  },
  'dirty-writeback': {
    trouble: slow,
    effects: {
      'memory.node.writeback': 60e6,
      'memory.node.dirty': 150e6,
      'memory.node.written': 9000,
      'block.device.written_bytes': 40e6,
      'block.device.io_time_weighted': 12,
      'pressure.node.io.some': 0.8,
      'cpu.node.iowait': 0.9,
      'cpu.node.idle': -0.9,
    },
  },
  'disk-stall': {
    trouble: slow,
    effects: {
      'pressure.node.io.some': 0.9,
      'pressure.cgroup.io.some': 0.9,
      'cpu.node.iowait': 1,
      'cpu.node.idle': -1,
      'block.device.io_time_weighted': 6,
      'cpu.node.procs_blocked': 4,
    },
  },
  'dns-latency': {
    effects: { 'app.dns.request_time': 6, 'app.latency.p99': 5, 'app.failures': 2 },
    events: ['log.dns-failure'],
  },
  'dying-memcg': {
    // slab has grown for weeks; a walk over all cgroups holds the reclaiming tasks
    trouble: slow,
    effects: {
      'memory.node.slab_unreclaimable': (t) => 5.5e9 + 2e5 * t,
      'cpu.node.system': 1.1,
      'cpu.node.idle': -1.1,
      'cpu.busiest.system': 0.9,
      'cpu.busiest.idle': -0.6,
    },
    facts: { 'cgroups.memory': 40_000 },
  },
  'fd-exhaustion': {
    hit: 'one',
    trouble: { accepts: (t) => !on(t) },
    setup: { churn: 0.2, pooled: false, backlog: 32 },
    effects: { 'fd.pod.open': (t) => (t >= FAULT.from - 10 && t < FAULT.to ? 930 : 0) },
    events: ['log.too-many-open-files'],
  },
  'gc-pause': { hit: 'one', trouble: stop, effects: { 'app.gc.pause_time': 0.95 }, events: ['log.gc-pause'] },
  'ipvs-estimation': {
    // every two seconds the timer holds a CPU for two tenths: packets wait, none is lost
    trouble: { rtt: (t) => (on(t) && t % 2 < 0.25 ? 0.2 : 0.0005) },
    effects: {
      'cpu.softirq.sched_slow': 2,
      'cpu.softirq.exec_slow': 0.5,
      'cpu.node.softirq': 0.1,
      'cpu.busiest.softirq': 0.1,
      'net.path.rtt': 0.12,
    },
    facts: { 'module.ip_vs': true, 'sysctl.net.ipv4.vs.run_estimation': 1 },
  },
  'irq-imbalance': {
    trouble: { loss: then(0.15, 0) },
    effects: {
      'cpu.node.softirq': 0.95,
      'cpu.node.idle': -0.9,
      'cpu.busiest.softirq': 0.95,
      'cpu.busiest.idle': -0.6,
      'net.softnet.squeezed': 200,
      'net.softnet.dropped': 30,
      'net.softnet.processed': 30_000,
      'net.interface.rx_packets': 30_000,
      'net.interface.rx_drops': 4,
    },
  },
  'kernel-soft-lockup': {
    trouble: stop,
    effects: { ...idle, 'cpu.node.system': 1 },
    events: ['kernel.soft-lockup', 'kernel.rcu-stall'],
  },
  'listen-backlog': {
    hit: 'one',
    trouble: { backlog: then(0, 128) },
    setup: { churn: 0.3 },
    facts: { 'net.tcp.backlog': 1 },
  },
  ...moreFaults,
};
