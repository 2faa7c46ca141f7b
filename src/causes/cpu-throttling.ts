import type { Cause } from './cause.js';

export const cpuThrottling = {
  id: 'cpu-throttling',
  title: 'CPU quota throttling',
  mechanism:
    'The pod has a CPU limit. When its threads have used the quota of a 100 ms period, the kernel stops all of them until the next period. Repeated stops delay reads, replies and accepts although the node may be idle.',
  chain: ['quota of the period used up', 'all threads stopped', 'sockets read late', 'connections pile up'],
  clues: [
    {
      id: 'throttled-time',
      expect: { kind: 'change', signal: 'cpu.cgroup.throttled_time', direction: 'up', where: 'affected', atLeast: 0.1 },
      says: 'the affected pods were throttled by their CPU quota',
      ifSeen: 18,
      ifAbsent: -16,
      reason:
        'the mechanism itself; 0.1 s of throttled time per second is the least that delays a tenth of the requests',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'throttled-periods',
      expect: {
        kind: 'change',
        signal: 'cpu.cgroup.throttled_periods',
        direction: 'up',
        where: 'affected',
        atLeast: 1,
      },
      says: 'quota periods of the affected pods ended throttled',
      ifSeen: 16,
      ifAbsent: -16,
      reason: 'counts the stops: below one period in ten little is delayed',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'quota-set',
      expect: { kind: 'fact', fact: 'cgroup.cpu.max', where: 'affected', above: 0 },
      says: 'a CPU limit is set for the affected pod',
      ifSeen: 2,
      ifAbsent: -12,
      reason: 'without a quota nothing is throttled; a limit may have been set later than the fact was read',
    },
    {
      id: 'throttled-long-enough',
      expect: { kind: 'sufficient', signal: 'cpu.cgroup.throttled_time', where: 'affected', share: 0.15 },
      says: 'the throttled time is long enough for a stall of this length',
      ifSeen: 3,
      ifAbsent: -4,
      reason: 'a stall of d seconds needs throttled time of the same order; several threads and short periods blur it',
      group: 'sufficiency',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late: received bytes pile up or reads come over 100 ms late',
      ifSeen: 4,
      ifAbsent: -8,
      reason:
        'the family of causes that stop the reader shows it in nearly every recorded case; another family can copy it when its writers block',
      group: 'family',
    },
    {
      id: 'send-queue-flat',
      expect: { kind: 'flat', signal: 'net.tcp.tx_queue', where: 'affected', atMost: 16000 },
      says: 'the send queue does not pile up, so sending works',
      ifSeen: 2,
      ifAbsent: -5,
      reason:
        'a stalled reader sends nothing that could pile up; a pile of unacknowledged bytes points to the path or to the peer',
      group: 'delivery',
    },
    {
      id: 'retransmits-flat',
      expect: { kind: 'flat', signal: 'net.tcp.retransmits', where: 'affected', atMost: 20 },
      says: 'no unusual retransmits',
      ifSeen: 2,
      ifAbsent: -4,
      reason:
        'retransmits accompany delivery trouble; SYN retries behind a full accept queue stay below twenty a second in recorded cases',
      group: 'delivery',
    },
    {
      id: 'faults-flat',
      expect: { kind: 'flat', signal: 'memory.node.page_faults', where: 'node', atMost: 8000 },
      says: 'no flood of page faults',
      ifSeen: 1,
      ifAbsent: -8,
      reason: 'this cause makes no page faults; a flood of them points to memory',
    },
    {
      id: 'memory-flat',
      expect: { kind: 'flat', signal: 'pressure.node.memory.some', where: 'node', atMost: 0.03 },
      says: 'no stalls on memory (PSI)',
      ifSeen: 1,
      ifAbsent: -10,
      reason: 'stalls on memory explain waiting and kernel time by themselves',
    },
    {
      id: 'io-flat',
      expect: { kind: 'flat', signal: 'pressure.node.io.some', where: 'node', atMost: 0.1 },
      says: 'no stalls on I/O (PSI)',
      ifSeen: 1,
      ifAbsent: -7,
      reason: 'stalls on I/O explain the delay by themselves',
    },
    {
      id: 'cpu-pressure',
      expect: { kind: 'change', signal: 'pressure.cgroup.cpu.some', direction: 'up', where: 'affected', atLeast: 0.05 },
      says: 'tasks of the affected pods waited for CPU (PSI)',
      ifSeen: 2,
      ifAbsent: -3,
      reason: 'throttled tasks count as waiting for CPU',
    },
    {
      id: 'scope-one-pod',
      expect: { kind: 'scope', is: 'one-pod' },
      says: 'only one pod was hit',
      ifSeen: 2,
      ifAbsent: 0,
      reason: 'a quota belongs to one pod',
      group: 'scope',
    },
  ],
  rivals: [{ cause: 'cpu-contention', tellApart: 'other cgroups are busy and nothing is throttled' }],
  next: [
    {
      id: 'cpu-stat',
      command:
        "for i in 1 2; do date +%s; find /sys/fs/cgroup -path '*kubepods*' -name cpu.stat -exec grep -H throttled {} +; sleep 60; done",
      why: 'counts throttled periods and time of each pod',
      expect: 'nr_throttled and throttled_usec of the affected pods grow',
    },
  ],
  remedies: [
    {
      id: 'raise-limit',
      do: 'raise or remove the CPU limit of the pod, or allow bursts (cpu.max.burst)',
      command: 'kubectl set resources deployment NAME --limits=cpu=VALUE',
      verify: 'nr_throttled does not grow at peak load',
      watch: { signal: 'cpu.cgroup.throttled_periods', expect: 'zero' },
    },
    {
      id: 'fewer-threads',
      do: 'run fewer threads than the quota has CPUs (GOMAXPROCS and the like)',
      command: 'cat /proc/PID/status | grep Threads',
      verify: 'nr_throttled does not grow at peak load',
      watch: { signal: 'cpu.cgroup.throttled_periods', expect: 'down' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: CFS bandwidth control',
      url: 'https://docs.kernel.org/scheduler/sched-bwc.html',
    },
  ],
} as const satisfies Cause;
