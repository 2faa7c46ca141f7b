import type { Cause } from './cause.js';

export const conntrackFull = {
  id: 'conntrack-full',
  title: 'Connection-tracking table full',
  mechanism:
    'Every flow through the node needs an entry in the connection-tracking table. When the table is full, packets that would open a new flow are dropped; existing flows go on.',
  chain: ['table at its limit', 'new flows dropped', 'SYN retries'],
  clues: [
    {
      id: 'drops',
      expect: { kind: 'change', signal: 'net.conntrack.drop', direction: 'up', where: 'any', atLeast: 0.5 },
      says: 'connection tracking dropped packets',
      ifSeen: 20,
      ifAbsent: -16,
      reason: 'the mechanism itself; a lost insert race counts here too, so the fill of the table must agree',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'early-drops',
      expect: { kind: 'change', signal: 'net.conntrack.early_drop', direction: 'up', where: 'any', atLeast: 0.02 },
      says: 'connections were evicted early',
      ifSeen: 8,
      ifAbsent: 0,
      reason: 'the step before dropping',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'dmesg',
      expect: { kind: 'event', event: 'kernel.conntrack-full', within: 60000, where: 'node' },
      says: 'the kernel logged that the table is full',
      ifSeen: 16,
      ifAbsent: 0,
      reason: 'decisive',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'fill',
      expect: {
        kind: 'saturates',
        signal: 'net.conntrack.entries',
        limit: 'net.conntrack.limit',
        ratio: 0.95,
        where: 'any',
      },
      says: 'the table was full to 95 % and more',
      ifSeen: 12,
      ifAbsent: -16,
      reason: 'below its limit the table drops nothing',
      group: 'fill',
      role: 'precondition',
    },
    {
      id: 'lost-races',
      expect: { kind: 'change', signal: 'net.conntrack.insert_failed', direction: 'up', where: 'any', atLeast: 0.05 },
      says: 'connections could not be inserted into the table',
      ifSeen: -8,
      ifAbsent: 2,
      reason:
        'a full table turns a flow away before it is inserted; a lost race counts as a failed insert and as a drop',
    },
    {
      id: 'receive-queue-flat',
      expect: { kind: 'flat', signal: 'net.tcp.rx_queue', where: 'affected', atMost: 6000 },
      says: 'the receive queue does not pile up',
      ifSeen: 3,
      ifAbsent: -6,
      reason: 'the process is healthy',
      group: 'reader',
    },
    {
      id: 'reads-in-time',
      expect: { kind: 'flat', signal: 'net.socket.slow_reads_100ms', where: 'affected', atMost: 1 },
      says: 'sockets are read in time',
      ifSeen: 3,
      ifAbsent: -6,
      reason: 'the process is healthy',
      group: 'reader',
    },
    {
      id: 'no-overflows',
      expect: { kind: 'flat', signal: 'net.tcp.listen_overflows', where: 'affected', atMost: 1 },
      says: 'the accept queue does not overflow',
      ifSeen: 2,
      ifAbsent: -6,
      reason: 'new flows do not even arrive',
    },
  ],
  rivals: [{ cause: 'packet-loss', tellApart: 'established flows suffer as well' }],
  next: [
    {
      id: 'conntrack',
      command:
        'for i in 1 2; do date +%s; conntrack -S; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; sleep 30; done; dmesg -T | grep -i conntrack | tail',
      why: 'shows fill and drops of the table',
      expect: 'count equals max and drop grows',
    },
  ],
  remedies: [
    {
      id: 'table',
      do: 'raise nf_conntrack_max (and the hash size), shorten timeouts, or exempt flows from tracking',
      command: 'sysctl -w net.netfilter.nf_conntrack_max=VALUE',
      verify: 'fill stays below 70 % and drop does not grow',
      watch: { signal: 'net.conntrack.drop', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: nf_conntrack sysctls',
      url: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
    },
  ],
} as const satisfies Cause;
