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
      ifAbsent: -6,
      reason: 'grows over days; a short dump hardly shows it',
      role: 'mechanism',
    },
    {
      id: 'many-cgroups',
      expect: { kind: 'fact', fact: 'cgroups.memory', where: 'node', above: 5000 },
      says: 'there are very many memory cgroups',
      ifSeen: 8,
      ifAbsent: -12,
      reason: 'the precondition',
      role: 'precondition',
    },
  ],
  next: [
    {
      id: 'cgroup-count',
      command:
        'cat /proc/cgroups; find /sys/fs/cgroup -type d | wc -l; time cat /sys/fs/cgroup/memory.stat > /dev/null',
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
      title: 'Linux kernel documentation: cgroup v2, memory',
      url: 'https://docs.kernel.org/admin-guide/cgroup-v2.html',
    },
  ],
} as const satisfies Cause;
