import type { Cause } from './cause.js';

export const memoryCompactionThp = {
  id: 'memory-compaction-thp',
  title: 'Memory compaction for huge pages',
  mechanism:
    'An allocation of contiguous memory, usually a transparent huge page, finds memory fragmented. The faulting thread compacts memory itself, for milliseconds to seconds.',
  chain: ['huge page wanted', 'memory fragmented', 'thread compacts', 'stall in the fault'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'compact-stall',
      expect: { kind: 'change', signal: 'memory.node.compact_stall', direction: 'up', where: 'node', atLeast: 0.5 },
      says: 'allocations stalled in compaction',
      ifSeen: 18,
      ifAbsent: -16,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'scanned',
      expect: {
        kind: 'change',
        signal: 'memory.node.compact_migrate_scanned',
        direction: 'up',
        where: 'node',
        atLeast: 1000,
      },
      says: 'compaction scanned more pages',
      ifSeen: 5,
      ifAbsent: -4,
      reason: 'also the background daemon',
      group: 'mechanism',
    },
    {
      id: 'fallback',
      expect: { kind: 'change', signal: 'memory.node.thp_fault_fallback', direction: 'up', where: 'node', atLeast: 1 },
      says: 'huge-page faults fell back to small pages',
      ifSeen: 5,
      ifAbsent: 0,
      reason: 'compaction did not succeed',
    },
    {
      id: 'thp-on',
      expect: { kind: 'fact', fact: 'thp.enabled', where: 'node', equals: 'always' },
      says: 'transparent huge pages are always on',
      ifSeen: 2,
      ifAbsent: 0,
      reason: 'with madvise only programs that ask for it are concerned',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late',
      ifSeen: 4,
      ifAbsent: -8,
      reason: 'stalled faults stall reads',
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
      id: 'kernel-busy',
      expect: { kind: 'reading', reading: 'kernel-busy' },
      says: 'most of the additional CPU time was kernel time on behalf of the affected pods',
      ifSeen: 4,
      ifAbsent: 0,
      reason: 'the kernel works on behalf of who allocates; part of the wait may be for a disk, without CPU time',
    },
  ],
  rivals: [{ cause: 'numa-balancing', tellApart: 'numa_pages_migrated rises' }],
  next: [
    {
      id: 'vmstat-compaction',
      command:
        "for i in $(seq 30); do date +%s; grep -E '^(compact|thp)_' /proc/vmstat; sleep 1; done; cat /proc/buddyinfo",
      why: 'counts stalls in compaction',
      expect: 'compact_stall grows during the episode',
    },
  ],
  remedies: [
    {
      id: 'thp',
      do: 'set transparent huge pages to madvise, or defrag to defer',
      command: 'cat /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/mm/transparent_hugepage/defrag',
      verify: 'compact_stall does not grow',
      watch: { signal: 'memory.node.compact_stall', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: transparent hugepage support',
      url: 'https://docs.kernel.org/admin-guide/mm/transhuge.html',
    },
  ],
} as const satisfies Cause;
