import type { Cause } from './cause.js';

export const dyingMemcg = {
  id: 'dying-memcg',
  title: 'Dying cgroups pin memory',
  mechanism:
    'Removed containers leave cgroups behind that page cache or slab still refers to. Kernel memory grows and walks over the list of cgroups take longer and longer.',
  chain: ['containers come and go', 'cgroups stay', 'slab grows', 'walks take longer'],
  prior: { weight: -12, reason: 'a slow growth, seldom the cause of one episode' },
  clues: [
    {
      id: 'slab-share',
      expect: {
        kind: 'saturates',
        signal: 'memory.node.slab_unreclaimable',
        limit: { fact: 'memory.total' },
        ratio: 0.2,
        where: 'node',
      },
      says: 'a fifth of the memory or more was slab that cannot be reclaimed',
      ifSeen: 9,
      ifAbsent: -8,
      reason: 'every dead cgroup keeps its kernel objects; a healthy node holds a few per cent',
      group: 'slab',
      role: 'mechanism',
    },
    {
      id: 'slab',
      expect: {
        kind: 'change',
        signal: 'memory.node.slab_unreclaimable',
        direction: 'up',
        where: 'node',
        atLeast: 100000000,
      },
      says: 'unreclaimable slab memory grew',
      ifSeen: 5,
      ifAbsent: 0,
      reason: 'grows over days; a short dump hardly shows it',
      group: 'slab',
    },
    {
      id: 'kernel-time',
      expect: { kind: 'change', signal: 'cpu.busiest.system', direction: 'up', where: 'node', atLeast: 0.3 },
      says: 'one CPU was held in the kernel',
      ifSeen: 4,
      ifAbsent: -4,
      reason: 'the walks cost time in the kernel',
    },
    {
      id: 'many-cgroups',
      expect: { kind: 'fact', fact: 'cgroups.memory', where: 'node', above: 5000 },
      says: 'there are very many memory cgroups',
      ifSeen: 10,
      ifAbsent: -12,
      reason: 'the precondition',
      role: 'precondition',
    },
  ],
  rivals: [
    { cause: 'cgroup-stat-stall', tellApart: 'soft interrupts come late each time statistics are read' },
    { cause: 'memory-reclaim', tellApart: 'memory is short and tasks reclaim it, however many cgroups there are' },
  ],
  next: [
    {
      id: 'cgroup-count',
      command:
        'cat /proc/cgroups; grep -H . /sys/fs/cgroup/cgroup.stat; find /sys/fs/cgroup -type d | wc -l; time cat /sys/fs/cgroup/memory.stat > /dev/null',
      why: 'compares counted cgroups with directories and times one read',
      expect: 'many times more cgroups than directories',
    },
  ],
  remedies: [
    {
      id: 'kernel',
      do: 'use a kernel that releases dying cgroups, restart fewer containers',
      command: 'cat /proc/cgroups',
      verify: 'the number of cgroups and unreclaimable slab fall',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: cgroup v2, cgroup.stat (nr_dying_descendants)',
      url: 'https://docs.kernel.org/admin-guide/cgroup-v2.html',
    },
    {
      title: 'GitHub: debugging network stalls on Kubernetes',
      url: 'https://github.blog/2019-11-21-debugging-network-stalls-on-kubernetes/',
    },
  ],
} as const satisfies Cause;
