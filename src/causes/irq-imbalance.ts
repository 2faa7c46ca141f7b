import type { Cause } from './cause.js';

export const irqImbalance = {
  id: 'irq-imbalance',
  title: 'Interrupts on one CPU',
  mechanism:
    'All received packets are processed by one CPU. It saturates in soft interrupts while the others idle, and its ring or backlog overflows.',
  chain: ['one receive queue', 'one CPU saturated', 'ring overflows'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'one-cpu-full',
      expect: { kind: 'change', signal: 'cpu.busiest.softirq', direction: 'up', where: 'node', atLeast: 0.4 },
      says: 'one CPU spent most of its time in soft interrupts',
      ifSeen: 14,
      ifAbsent: -14,
      reason: 'the mechanism itself: without a CPU that is full of soft interrupts no queue of one overflows',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'softirq-time',
      expect: { kind: 'change', signal: 'cpu.node.softirq', direction: 'up', where: 'node', atLeast: 0.08 },
      says: 'more CPU time went into soft interrupts',
      ifSeen: 5,
      ifAbsent: -1,
      reason: 'the mean over all CPUs dilutes one that is full: on a hundred CPUs to nothing',
      group: 'mechanism',
    },
    {
      id: 'squeezed',
      expect: { kind: 'change', signal: 'net.softnet.squeezed', direction: 'up', where: 'node', atLeast: 20 },
      says: 'soft-interrupt rounds were cut short',
      ifSeen: 3,
      ifAbsent: -2,
      reason: 'too many packets for one CPU',
    },
    {
      id: 'backlog-drops',
      expect: { kind: 'change', signal: 'net.softnet.dropped', direction: 'up', where: 'node', atLeast: 1 },
      says: 'packets were dropped at a full CPU backlog',
      ifSeen: 8,
      ifAbsent: 0,
      reason: 'the backlog of one CPU',
      group: 'drops',
    },
    {
      id: 'interface-drops',
      expect: { kind: 'change', signal: 'net.interface.rx_drops', direction: 'up', where: 'node', atLeast: 1 },
      says: 'the interface dropped packets on receive',
      ifSeen: 5,
      ifAbsent: 0,
      reason: 'the ring of one queue',
      group: 'drops',
    },
    {
      id: 'packets',
      expect: {
        kind: 'change',
        signal: 'net.interface.rx_packets',
        direction: 'up',
        where: 'node',
        atLeast: 100,
        atLeastRatio: 0.3,
      },
      says: 'more packets arrived',
      ifSeen: 3,
      ifAbsent: -3,
      reason: 'imbalance hurts under load',
    },
  ],
  explains: ['packet-loss', 'softirq-starvation'],
  next: [
    {
      id: 'mpstat',
      command: 'mpstat -P ALL 1 120',
      why: 'shows stolen and soft-interrupt time per CPU over an episode',
      expect: 'one CPU is at 100 % soft interrupt, the others idle',
    },
  ],
  remedies: [
    {
      id: 'spread',
      do: 'spread receive queues over CPUs (RSS, RPS, irqbalance)',
      command: 'ethtool -l eth0; grep eth0 /proc/interrupts',
      verify: 'highest and mean soft-interrupt share differ by less than two times',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: scaling in the networking stack',
      url: 'https://docs.kernel.org/networking/scaling.html',
    },
  ],
} as const satisfies Cause;
