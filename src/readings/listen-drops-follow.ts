import type { ReadingRule } from './reading.js';

export const listenDropsFollow = {
  id: 'listen-drops-follow',
  order: 20,
  says: 'listening sockets dropped connection requests; this is a consequence of the pile-up, not its cause',
  deniedBy: 'no connection request was dropped',
  all: [{ kind: 'change', signal: 'net.tcp.listen_drops', direction: 'up', where: 'affected', atLeast: 0.2 }],
} as const satisfies ReadingRule;
