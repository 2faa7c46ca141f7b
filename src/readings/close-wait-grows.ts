import type { ReadingRule } from './reading.js';

export const closeWaitGrows = {
  id: 'close-wait-grows',
  order: 12,
  says: 'connections stay in CLOSE_WAIT: the peers gave up, the process has not noticed yet',
  deniedBy: 'no pile of connections in CLOSE_WAIT',
  all: [{ kind: 'change', signal: 'net.tcp.close_wait', direction: 'up', where: 'affected', atLeast: 5 }],
} as const satisfies ReadingRule;
