import type { ReadingRule } from './reading.js';

export const senderFree = {
  id: 'sender-free',
  order: 40,
  says: 'the send queue does not pile up: sending works, and the path takes what is sent',
  deniedBy: 'bytes pile up in the send queue',
  all: [{ kind: 'flat', signal: 'net.tcp.tx_queue', where: 'affected', atMost: 8000 }],
} as const satisfies ReadingRule;
