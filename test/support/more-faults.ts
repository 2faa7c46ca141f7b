import type { Trouble } from './queue.js';
import { FAULT, type Fault } from './simulate.js';

const on = (t: number): boolean => t >= FAULT.from && t < FAULT.to;
const then =
  (value: number, usual: number) =>
  (t: number): number =>
    on(t) ? value : usual;
const slow: Trouble = { work: (t) => (on(t) ? (Math.round(t * 10) % 10 === 5 ? 0.1 : 0) : 1) };
const stop: Trouble = { work: then(0, 1) };
const paused = (t: number): boolean => t >= FAULT.from && t < FAULT.from + 12;
/** The container is gone for ten seconds and comes back. */
const restart: Trouble = { work: stop.work!, refuse: then(1, 0) };

/** The second half of the faults, by name of the cause. */
export const moreFaults: Readonly<Record<string, Fault>> = {
  'measurement-artefact': {
    effects: {
      'measurement.process_start': (t) => (t >= FAULT.from ? 500_000 : 0),
      'measurement.up': -1,
      'net.tcp.established': 300,
      'net.tcp.listen_drops': (t) => (Math.floor(t) === FAULT.from ? 5000 : 0),
    },
  },
  'memory-compaction-thp': {
    trouble: slow,
    effects: {
      'memory.node.compact_stall': 40,
      'memory.node.compact_migrate_scanned': 80_000,
      'memory.node.thp_fault_fallback': 20,
      'cpu.node.system': 1,
      'cpu.node.idle': -1,
    },
    facts: { 'thp.enabled': 'always' },
  },
  'memory-reclaim': {
    trouble: slow,
    effects: {
      'pressure.node.memory.some': 0.5,
      'pressure.cgroup.memory.some': 0.5,
      'memory.cgroup.scan': 9000,
      'memory.node.refault_file': 2000,
      'memory.node.alloc_stalls': 60,
      'memory.node.major_faults': 300,
      'pressure.node.io.some': 0.3,
    },
  },
  'mmap-lock-contention': {
    hit: 'one',
    trouble: stop,
    effects: { 'memory.process.rss': 900e6, 'memory.cgroup.page_faults': -19 },
  },
  'neighbour-table-overflow': {
    trouble: { loss: then(0.3, 0) },
    effects: { 'net.arp.entries': (t) => (t >= FAULT.from - 10 && t < FAULT.to ? 984 : 0) },
    events: ['kernel.neighbour-overflow'],
  },
  'network-delay': { hit: 'all', trouble: { rtt: then(0.3, 0.0005) }, effects: { 'net.path.rtt': 0.3 } },
  'nic-ring-drops': {
    trouble: { loss: then(0.1, 0) },
    effects: { 'net.interface.rx_drops': 60, 'net.interface.rx_fifo': 60 },
  },
  'numa-balancing': {
    trouble: stop,
    effects: {
      'numa.node.pages_migrated': 40_000,
      'numa.process.pages_migrated': 9000,
      'numa.node.hint_faults': 60_000,
      'memory.node.page_faults': 60_000,
      'memory.cgroup.page_faults': 15_000,
      'cpu.cgroup.system': 0.3,
      'cpu.cgroup.usage': 0.25,
      'cpu.node.system': 0.6,
      'cpu.node.idle': -0.6,
    },
  },
  'numa-remote-access': {
    trouble: slow,
    effects: { 'numa.node.miss': 30_000, 'numa.node.other': 30_000 },
  },
  'oom-kill': {
    hit: 'one',
    trouble: restart,
    effects: {
      'memory.node.oom_kills': (t) => (t === FAULT.from ? 1 : 0),
      'memory.cgroup.events_oom_kill': (t) => (t === FAULT.from ? 1 : 0),
    },
    events: ['kernel.oom-kill', 'kubernetes.OOMKilled'],
  },
  'packet-loss': { hit: 'all', trouble: { loss: then(0.2, 0) } },
  'pid-exhaustion': {
    hit: 'one',
    trouble: slow,
    effects: { 'pid.cgroup.current': (t) => (t >= FAULT.from - 10 && t < FAULT.to ? 958 : 0) },
    events: ['log.cannot-create-thread'],
  },
  'port-exhaustion': {
    hit: 'one',
    effects: {
      'net.tcp.time_wait': (t) => (t >= FAULT.from - 60 && t < FAULT.to ? 27_500 : 0),
      'net.tcp.active_opens': (t) => (t >= FAULT.from - 60 && t < FAULT.from ? 450 : 0),
      'net.tcp.attempt_fails': 20,
      'app.failures': 20,
    },
    events: ['log.address-not-available'],
  },
  'probe-kill-restart': {
    hit: 'one',
    trouble: restart,
    effects: { 'app.restarts': (t) => (t === FAULT.from ? 1 : 0) },
    events: ['kubernetes.Unhealthy', 'kubernetes.Killing'],
  },
  'retry-storm': {
    hit: 'one',
    trouble: { demand: then(2, 1) },
    effects: {
      'net.tcp.passive_opens': 60,
      'app.failures': (t) => (t >= FAULT.from - 6 && t < FAULT.to ? 20 : 0),
      'app.latency.p99': 0.5,
    },
  },
  'slow-receiver': { hit: 'one', trouble: { shut: on }, effects: { 'net.tcp.tx_queue': 300_000 } },
  'softirq-starvation': {
    trouble: { loss: then(0.2, 0) },
    effects: {
      'cpu.softirq.sched_slow': 8,
      'net.softnet.squeezed': 40,
      'net.softnet.dropped': 20,
      'net.kernel.rx_slow': 30,
      'net.softnet.processed': -600,
      'cpu.softirq.net_rx': -370,
      'cpu.busiest.idle': -0.6,
      'cpu.node.user': 0.9,
      'cpu.node.idle': -0.9,
    },
    events: ['kubeskoop.SOFTIRQ_SCHED_100MS'],
  },
  'swap-thrash': {
    trouble: slow,
    effects: { 'memory.node.swap_in': 4000, 'memory.node.swap_out': 3000, 'memory.node.major_faults': 900 },
    facts: { 'memory.swap_total': 4e9 },
  },
  'syn-flood': {
    hit: 'one',
    trouble: { refuse: then(0.7, 0) },
    setup: { churn: 0.2 },
    effects: { 'net.tcp.syn_recv': 128, 'net.tcp.request_queue_drops': 800, 'net.tcp.listen_drops': 800 },
    events: ['kernel.syn-flooding'],
  },
  'tcp-memory': {
    trouble: { work: slow.work!, loss: then(0.1, 0) },
    effects: {
      'net.tcp.prune_called': 60,
      'net.tcp.receive_queue_drops': 40,
      'net.tcp.memory': 9000,
      'net.tcp.memory_pressures': 0.5,
      'net.tcp.rx_queue': 400_000,
    },
  },
  'tcp-rmem-collapse': {
    hit: 'one',
    trouble: { loss: then(0.05, 0) },
    effects: { 'net.tcp.receive_collapsed': 3000, 'net.tcp.rx_queue': 5e6, 'cpu.softirq.sched_slow': 3 },
  },
  'traffic-surge': { hit: 'all', setup: { churn: 0.3 }, trouble: { demand: then(5, 1) } },
  'virtio-cmd-stall': {
    trouble: { loss: then(0.2, 0) },
    effects: { 'net.virtio.slow_commands': 2 },
    events: ['kubeskoop.VIRTCMDEXCUTE'],
  },
  'vm-pause': {
    // the machine stands still for twelve seconds: nobody on it takes a sample, and clients elsewhere wait
    trouble: { work: (t) => (paused(t) ? 0 : 1) },
    effects: {
      'measurement.scrape_duration': (t) => (t >= FAULT.from + 12 && t < FAULT.from + 15 ? 8 : 0),
      'cpu.node.steal': (t) => (Math.floor(t) === FAULT.from + 12 ? 3 : 0),
    },
    silent: paused,
    events: ['kernel.clocksource'],
  },
};
