import type { ReadingRule } from './reading.js';

export const readerStall = {
  id: 'reader-stall',
  order: 30,
  says: 'received bytes pile up or are read more than 100 ms late: the process does not read its sockets in time',
  deniedBy: 'received bytes are read in time',
  all: [],
  any: [
    { kind: 'change', signal: 'net.tcp.rx_queue', direction: 'up', where: 'affected', atLeast: 3000 },
    { kind: 'change', signal: 'net.socket.slow_reads_100ms', direction: 'up', where: 'affected', atLeast: 0.5 },
  ],
} as const satisfies ReadingRule;
