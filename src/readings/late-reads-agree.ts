import type { ReadingRule } from './reading.js';

export const lateReadsAgree = {
  id: 'late-reads-agree',
  order: 120,
  says: 'late socket reads and the receive queue rise together: two measurements of one stalled reader',
  deniedBy: 'late reads and the receive queue do not agree',
  all: [
    { kind: 'change', signal: 'net.tcp.rx_queue', direction: 'up', where: 'affected', atLeast: 1000 },
    { kind: 'change', signal: 'net.socket.slow_reads_100ms', direction: 'up', where: 'affected', atLeast: 0.3 },
  ],
} as const satisfies ReadingRule;
