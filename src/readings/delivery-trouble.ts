import type { ReadingRule } from './reading.js';

export const deliveryTrouble = {
  id: 'delivery-trouble',
  order: 45,
  says: 'what is sent does not get through: unacknowledged bytes pile up or segments are sent again',
  deniedBy: 'what is sent gets through: no pile of unacknowledged bytes, no unusual retransmits',
  all: [],
  any: [
    { kind: 'change', signal: 'net.tcp.tx_queue', direction: 'up', where: 'affected', atLeast: 8000 },
    { kind: 'change', signal: 'net.tcp.retransmits', direction: 'up', where: 'affected', atLeast: 20 },
  ],
} as const satisfies ReadingRule;
