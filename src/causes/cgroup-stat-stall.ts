import type { Cause } from './cause.js';

export const cgroupStatStall = {
  id: 'cgroup-stat-stall',
  title: 'Slow reading of cgroup statistics',
  mechanism:
    'A monitoring agent reads memory statistics while very many removed cgroups are still dying. The read takes long in the kernel on one CPU, and soft interrupts on it wait.',
  chain: ['many dying cgroups', 'agent reads statistics', 'one CPU held in the kernel', 'packets wait'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'sched-slow',
      expect: { kind: 'change', signal: 'cpu.softirq.sched_slow', direction: 'up', where: 'any', atLeast: 0.2 },
      says: 'soft interrupts were scheduled late',
      ifSeen: 6,
      ifAbsent: -6,
      reason: 'packets on that CPU wait',
      role: 'mechanism',
    },
    {
      id: 'one-cpu-in-kernel',
      expect: { kind: 'change', signal: 'cpu.busiest.system', direction: 'up', where: 'node', atLeast: 0.1 },
      says: 'one CPU was held in the kernel',
      ifSeen: 7,
      ifAbsent: -5,
      reason: 'the read walks all cgroups on one CPU: a second of every ten is a tenth',
      role: 'mechanism',
    },
    {
      id: 'retransmits',
      expect: { kind: 'change', signal: 'net.tcp.retransmits', direction: 'up', where: 'any', atLeast: 2 },
      says: 'segments had to be sent again',
      ifSeen: 2,
      ifAbsent: -1,
      reason: 'packets that wait for hundreds of milliseconds look lost',
    },
    {
      id: 'many-cgroups',
      expect: { kind: 'fact', fact: 'cgroups.memory', where: 'node', above: 5000 },
      says: 'there are very many memory cgroups',
      ifSeen: 10,
      ifAbsent: -12,
      reason: 'with few cgroups the read is quick',
      role: 'precondition',
    },
  ],
  explains: ['packet-loss', 'softirq-starvation'],
  next: [
    {
      id: 'cgroup-count',
      command:
        'cat /proc/cgroups; grep -H . /sys/fs/cgroup/cgroup.stat; find /sys/fs/cgroup -type d | wc -l; time cat /sys/fs/cgroup/memory.stat > /dev/null',
      why: 'compares counted cgroups with directories and times one read',
      expect: 'many times more cgroups than directories, and a read of over 5 ms',
    },
  ],
  remedies: [
    {
      id: 'fewer',
      do: 'use a newer kernel, restart fewer containers, read statistics less often; dropping caches frees dying cgroups for a while',
      command: 'cat /proc/cgroups',
      verify: 'the read takes under 5 ms and the stalls stop',
    },
  ],
  references: [
    {
      title: 'GitHub: debugging network stalls on Kubernetes',
      url: 'https://github.blog/2019-11-21-debugging-network-stalls-on-kubernetes/',
    },
  ],
} as const satisfies Cause;
