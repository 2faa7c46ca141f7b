import type { ReadingRule } from './reading.js';

export const peersClose = {
  id: 'peers-close',
  order: 10,
  says: 'more connections are open at a time while TIME_WAIT does not fall: the peers close the connections, and they close late because the replies are late',
  deniedBy: 'open connections did not pile up: on average fewer than three more than usual',
  all: [{ kind: 'change', signal: 'net.tcp.established', direction: 'up', where: 'affected', atLeast: 3 }],
  any: [
    { kind: 'flat', signal: 'net.tcp.time_wait', where: 'affected', atMost: 1000000000.0 },
    { kind: 'change', signal: 'net.tcp.close_wait', direction: 'up', where: 'affected', atLeast: 2 },
  ],
} as const satisfies ReadingRule;
