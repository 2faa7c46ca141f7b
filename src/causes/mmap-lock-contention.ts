import type { Cause } from './cause.js';

export const mmapLockContention = {
  id: 'mmap-lock-contention',
  title: 'Contention for the memory-map lock',
  mechanism:
    "One thread holds the lock of the process's memory map for long, by a huge mapping, a growing table, or a reader of smaps. Page faults and mappings of all other threads wait.",
  chain: ['lock held long', 'faults wait', 'all threads stop'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'rss-step',
      expect: { kind: 'change', signal: 'memory.process.rss', direction: 'up', where: 'affected', atLeast: 300000000 },
      says: 'resident memory of the process grew in a step',
      ifSeen: 6,
      ifAbsent: -3,
      reason: 'a growing table is the usual reason for a long hold',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'faults-fall',
      expect: {
        kind: 'change',
        signal: 'memory.cgroup.page_faults',
        direction: 'down',
        where: 'affected',
        atLeast: 50,
        atLeastRatio: 0.5,
      },
      says: 'page faults of the pod fell while it stood still',
      ifSeen: 3,
      ifAbsent: 0,
      reason: 'faults wait for the lock',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late',
      ifSeen: 4,
      ifAbsent: -8,
      reason: 'all its threads wait',
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
      id: 'rise-then-plunge',
      expect: { kind: 'compensation', signal: 'net.tcp.passive_opens', where: 'affected' },
      says: 'new connections rise, then plunge below their usual rate: accepting stopped for longer than the queue could bridge',
      ifSeen: 3,
      ifAbsent: 0,
      reason: 'only a continuous stop of the accept loop makes the plunge; partial stalls do not',
      group: 'full-stop',
    },
    {
      id: 'scope-one-pod',
      expect: { kind: 'scope', is: 'one-pod' },
      says: 'only one pod was hit',
      ifSeen: 3,
      ifAbsent: -6,
      reason: 'the lock belongs to one process',
      group: 'scope',
    },
    {
      id: 'no-migration',
      expect: { kind: 'flat', signal: 'numa.node.pages_migrated', where: 'node', atMost: 800 },
      says: 'no unusual page migration',
      ifSeen: 1,
      ifAbsent: -8,
      reason: 'migration explains stalled faults',
    },
    {
      id: 'no-io',
      expect: { kind: 'flat', signal: 'pressure.node.io.some', where: 'node', atMost: 0.1 },
      says: 'no stalls on I/O',
      ifSeen: 1,
      ifAbsent: -8,
      reason: 'waiting for the disk explains more',
    },
  ],
  explains: ['app-stall'],
  rivals: [{ cause: 'numa-balancing', tellApart: 'page migration, and more than one pod' }],
  next: [
    {
      id: 'wait-channels',
      command:
        "for i in 1 2 3 4 5; do date +%s; cat /proc/PID/task/*/wchan | tr '\\0' '\\n' | sort | uniq -c | sort -rn | head; sleep 2; done",
      why: 'shows in which kernel function the threads wait; light, and takes no lock of the process',
      expect: 'most threads wait in rwsem_down_read_slowpath or a fault',
    },
  ],
  remedies: [
    {
      id: 'preallocate',
      do: 'allocate large tables beforehand, and stop tools that read smaps or numa_maps of the process',
      command: 'cat /proc/PID/task/*/wchan',
      verify: 'no thread waits for the lock during load',
    },
  ],
  references: [
    { title: 'Linux kernel documentation: process addresses', url: 'https://docs.kernel.org/mm/process_addrs.html' },
  ],
} as const satisfies Cause;
