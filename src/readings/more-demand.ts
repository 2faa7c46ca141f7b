import type { ReadingRule } from './reading.js';

export const moreDemand = {
  id: 'more-demand',
  order: 130,
  says: 'more requests or connections arrived than usual',
  deniedBy: 'no more requests arrived than usual',
  all: [],
  any: [
    { kind: 'change', signal: 'app.requests', direction: 'up', where: 'any', atLeast: 3, atLeastRatio: 0.25 },
    {
      kind: 'change',
      signal: 'net.tcp.passive_opens',
      direction: 'up',
      where: 'affected',
      atLeast: 3,
      atLeastRatio: 0.25,
    },
  ],
} as const satisfies ReadingRule;
