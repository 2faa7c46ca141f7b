import type { Cause } from './cause.js';

export const dirtyWriteback = {
  id: 'dirty-writeback',
  title: 'Dirty-page writeback',
  mechanism:
    'Buffered writes made more dirty pages than the disk can take. The kernel floods the disk and makes writers wait; even small log writes and syncs block behind it.',
  chain: ['dirty pages pile up', 'flusher floods the disk', 'writers wait', 'sockets read late'],
  clues: [
    {
      id: 'writeback',
      expect: { kind: 'change', signal: 'memory.node.writeback', direction: 'up', where: 'node', atLeast: 2000000 },
      says: 'page cache under writeback rose',
      ifSeen: 14,
      ifAbsent: -14,
      reason: 'the mechanism itself; below 2 MB in flight any disk copes',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'dirty',
      expect: { kind: 'change', signal: 'memory.node.dirty', direction: 'up', where: 'node', atLeast: 4000000 },
      says: 'dirty page cache rose',
      ifSeen: 5,
      ifAbsent: -3,
      reason: 'rises before the flood; a level that plunges when flushed may be missed',
      group: 'mechanism',
    },
    {
      id: 'written',
      expect: { kind: 'change', signal: 'memory.node.written', direction: 'up', where: 'node', atLeast: 300 },
      says: 'more pages were written back',
      ifSeen: 5,
      ifAbsent: -8,
      reason: 'the flood itself',
      group: 'mechanism',
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
      id: 'device-writes',
      expect: { kind: 'change', signal: 'block.device.written_bytes', direction: 'up', where: 'any', atLeast: 500000 },
      says: 'the disk was written more',
      ifSeen: 4,
      ifAbsent: -6,
      reason: 'writeback arrives at the disk',
      group: 'disk',
    },
    {
      id: 'io-pressure',
      expect: { kind: 'change', signal: 'pressure.node.io.some', direction: 'up', where: 'node', atLeast: 0.1 },
      says: 'tasks of the node stalled on I/O (PSI)',
      ifSeen: 10,
      ifAbsent: -14,
      reason:
        'writers and syncs wait for the flooded disk, as they wait for a slow one: it tells the two apart in neither way',
      group: 'io',
      role: 'mechanism',
    },
    {
      id: 'iowait',
      expect: { kind: 'change', signal: 'cpu.node.iowait', direction: 'up', where: 'node', atLeast: 0.04 },
      says: 'CPUs idled waiting for I/O',
      ifSeen: 7,
      ifAbsent: -4,
      reason: 'visible only where a CPU is otherwise idle',
      group: 'io',
    },
    {
      id: 'no-major-faults',
      expect: { kind: 'flat', signal: 'memory.node.major_faults', where: 'node', atMost: 40 },
      says: 'no unusual major page faults',
      ifSeen: 2,
      ifAbsent: -8,
      reason: 'pages read back after eviction point to memory',
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
  ],
  rivals: [{ cause: 'disk-stall', tellApart: 'Dirty and Writeback stay flat' }],
  next: [
    {
      id: 'dirty-pages',
      command:
        "for i in $(seq 60); do date +%s; grep -E 'Dirty|Writeback:' /proc/meminfo; sleep 1; done; sysctl vm.dirty_bytes vm.dirty_ratio vm.dirty_background_bytes vm.dirty_background_ratio",
      why: 'shows whether dirty pages climb to the limit and plunge',
      expect: 'Dirty climbs towards the limit, Writeback jumps, both fall when the episode ends',
    },
  ],
  remedies: [
    {
      id: 'bound-dirty',
      do: 'bound dirty pages so that the flusher starts early (vm.dirty_background_bytes, vm.dirty_bytes), and keep bulk writers on another disk',
      command: 'sysctl vm.dirty_background_bytes vm.dirty_bytes',
      verify: 'Dirty stays below the background limit at the same load',
      watch: { signal: 'memory.node.writeback', expect: 'down' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: vm sysctls (dirty_bytes)',
      url: 'https://docs.kernel.org/admin-guide/sysctl/vm.html',
    },
    {
      title: 'LinkedIn: log writes blocked by page-cache writeback',
      url: 'https://engineering.linkedin.com/blog/2016/02/eliminating-large-jvm-gc-pauses-caused-by-background-io-traffic',
    },
  ],
} as const satisfies Cause;
