import type { Cause } from './cause.js';

export const numaRemoteAccess = {
  id: 'numa-remote-access',
  title: 'Memory on the wrong NUMA node',
  mechanism:
    'The memory of a process lies on another NUMA node than the CPUs that use it. Every access takes longer, so the service is steadily slower and worse under load; there are no episodes.',
  chain: ['memory on one node, threads on another', 'remote accesses', 'steadily slower'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'numa-miss',
      expect: { kind: 'change', signal: 'numa.node.miss', direction: 'up', where: 'node', atLeast: 500 },
      says: 'pages were allocated on another node than wanted',
      ifSeen: 12,
      ifAbsent: -4,
      reason: 'misses appear while memory is allocated, not while it is used',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'numa-other',
      expect: { kind: 'change', signal: 'numa.node.other', direction: 'up', where: 'node', atLeast: 500 },
      says: 'pages were allocated for tasks of another node',
      ifSeen: 8,
      ifAbsent: -4,
      reason: 'the same, counted at the other end',
      group: 'mechanism',
    },
    {
      id: 'numa-nodes',
      expect: { kind: 'fact', fact: 'numa.nodes', where: 'node', above: 1 },
      says: 'the node has more than one NUMA node',
      ifSeen: 1,
      ifAbsent: -40,
      reason: 'one node has no remote memory',
      role: 'precondition',
    },
    {
      id: 'clients-hurt',
      expect: { kind: 'reading', reading: 'clients-hurt' },
      says: 'clients felt it',
      ifSeen: 1,
      ifAbsent: -4,
      reason: 'misses alone hurt nobody; slow accesses do',
    },
    {
      id: 'no-memory-stalls',
      expect: { kind: 'flat', signal: 'pressure.node.memory.some', where: 'node', atMost: 0.02 },
      says: 'no stalls on memory',
      ifSeen: 1,
      ifAbsent: -10,
      reason: 'where one node of memory is full, allocation goes to the other: then the shortage is the cause',
    },
    {
      id: 'no-migration',
      expect: { kind: 'flat', signal: 'numa.node.pages_migrated', where: 'node', atMost: 800 },
      says: 'no unusual page migration',
      ifSeen: 2,
      ifAbsent: -10,
      reason: 'migration makes episodes; this does not',
    },
  ],
  explains: ['app-stall'],
  rivals: [{ cause: 'numa-balancing', tellApart: 'steady slowness, no page migration' }],
  next: [
    {
      id: 'numastat',
      command: "numastat -p PID; grep -E 'Cpus_allowed_list|Mems_allowed_list' /proc/PID/status",
      why: 'compares where the memory lies with where the threads run',
      expect: 'most pages lie on a node whose CPUs the process does not use',
    },
  ],
  remedies: [
    {
      id: 'bind',
      do: 'bind CPUs and memory of the pod to one NUMA node',
      command: 'numastat -p PID',
      verify: 'other_node and median latency fall together',
      watch: { signal: 'numa.node.other', expect: 'down' },
    },
  ],
  references: [{ title: 'numastat(8)', url: 'https://man7.org/linux/man-pages/man8/numastat.8.html' }],
} as const satisfies Cause;
