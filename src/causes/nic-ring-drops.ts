import type { Cause } from './cause.js';

export const nicRingDrops = {
  id: 'nic-ring-drops',
  title: 'Drops at the network card',
  mechanism:
    'The receive ring of the network card was full before the kernel could empty it. The card dropped packets.',
  chain: ['ring full', 'card drops', 'retransmission'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'interface-drops',
      expect: { kind: 'change', signal: 'net.interface.rx_drops', direction: 'up', where: 'node', atLeast: 2 },
      says: 'the interfaces of the node dropped packets on receive',
      ifSeen: 12,
      ifAbsent: -8,
      reason:
        '/proc/net/dev counts a full ring here, together with other discards; elsewhere it may stand in a missed counter of its own',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'fifo',
      expect: { kind: 'change', signal: 'net.interface.rx_fifo', direction: 'up', where: 'any', atLeast: 1 },
      says: 'receive FIFO overruns rose',
      ifSeen: 14,
      ifAbsent: -2,
      reason: 'an overrun receive buffer of the card; many drivers count a full ring as missed or dropped instead',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'retransmits',
      expect: { kind: 'change', signal: 'net.tcp.retransmits', direction: 'up', where: 'any', atLeast: 2 },
      says: 'segments had to be sent again',
      ifSeen: 3,
      ifAbsent: -6,
      reason: 'dropped data are repeated by the peers, which hardly shows here',
    },
  ],
  explains: ['packet-loss'],
  rivals: [{ cause: 'packet-loss', tellApart: 'the card drops nothing' }],
  next: [
    {
      id: 'card',
      command:
        "for i in 1 2; do date +%s; ethtool -S eth0 | grep -iE 'miss|no_buf|drop'; sleep 30; done; ethtool -g eth0",
      why: 'counts drops of the card',
      expect: 'a missed or no-buffer counter grows',
    },
  ],
  remedies: [
    {
      id: 'ring',
      do: 'enlarge the ring and spread the queues',
      command: 'ethtool -g eth0',
      verify: 'the counters do not grow',
      watch: { signal: 'net.interface.rx_drops', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: interface statistics (rx_dropped, rx_missed_errors, rx_fifo_errors)',
      url: 'https://docs.kernel.org/networking/statistics.html',
    },
    { title: 'ethtool(8), options -S and -g', url: 'https://man7.org/linux/man-pages/man8/ethtool.8.html' },
  ],
} as const satisfies Cause;
