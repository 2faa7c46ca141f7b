import type { Cause } from './cause.js';

export const tcpRmemCollapse = {
  id: 'tcp-rmem-collapse',
  title: 'Receive-queue collapse',
  mechanism:
    'A very large receive buffer is full of small packets. The kernel merges them in soft-interrupt context, which takes tens of milliseconds and delays all traffic of the CPU.',
  chain: ['huge buffer of small packets', 'collapse in softirq', 'all traffic waits'],
  prior: { weight: -13, reason: 'rare: takes receive buffers of many megabytes and a slow reader' },
  clues: [
    {
      id: 'collapsed',
      expect: { kind: 'change', signal: 'net.tcp.receive_collapsed', direction: 'up', where: 'affected', atLeast: 50 },
      says: 'segments were collapsed in receive queues',
      ifSeen: 19,
      ifAbsent: -16,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'receive-queue',
      expect: { kind: 'change', signal: 'net.tcp.rx_queue', direction: 'up', where: 'affected', atLeast: 2000000 },
      says: 'received bytes piled up to megabytes',
      ifSeen: 4,
      ifAbsent: -8,
      reason: 'small buffers collapse quickly',
    },
    {
      id: 'sched-slow',
      expect: { kind: 'change', signal: 'cpu.softirq.sched_slow', direction: 'up', where: 'any', atLeast: 0.2 },
      says: 'soft interrupts were scheduled late',
      ifSeen: 3,
      ifAbsent: -3,
      reason: 'collapsing holds the CPU',
    },
  ],
  explains: ['packet-loss', 'softirq-starvation'],
  next: [
    {
      id: 'collapse',
      command:
        'for i in 1 2; do date +%s; nstat -az TcpExtTCPRcvCollapsed TcpExtPruneCalled; sleep 30; done; sysctl net.ipv4.tcp_rmem',
      why: 'counts collapses',
      expect: 'TCPRcvCollapsed grows by thousands and tcp_rmem allows many megabytes',
    },
  ],
  remedies: [
    {
      id: 'rmem',
      do: 'lower the maximum of tcp_rmem to a few megabytes',
      command: 'sysctl net.ipv4.tcp_rmem',
      verify: 'TCPRcvCollapsed does not grow',
      watch: { signal: 'net.tcp.receive_collapsed', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Cloudflare: The story of one latency spike',
      url: 'https://blog.cloudflare.com/the-story-of-one-latency-spike/',
    },
    {
      title: 'Linux kernel documentation: SNMP counters (prune and collapse)',
      url: 'https://docs.kernel.org/networking/snmp_counter.html',
    },
  ],
} as const satisfies Cause;
