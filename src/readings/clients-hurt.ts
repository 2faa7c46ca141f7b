import type { ReadingRule } from './reading.js';

export const clientsHurt = {
  id: 'clients-hurt',
  order: 5,
  says: 'clients felt it: latency or failures rose',
  deniedBy: 'clients felt nothing: latency and failures stayed as they were',
  all: [],
  any: [
    { kind: 'change', signal: 'app.latency.p99', direction: 'up', where: 'affected', atLeast: 0.02 },
    { kind: 'change', signal: 'app.latency.mean', direction: 'up', where: 'affected', atLeast: 0.01 },
    { kind: 'change', signal: 'app.failures', direction: 'up', where: 'any', atLeast: 0.3 },
    { kind: 'change', signal: 'net.path.rtt', direction: 'up', where: 'any', atLeast: 0.02 },
  ],
} as const satisfies ReadingRule;
