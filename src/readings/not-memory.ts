import type { ReadingRule } from './reading.js';

export const notMemory = {
  id: 'not-memory',
  order: 103,
  says: 'no stalls on memory',
  deniedBy: 'tasks stalled on memory',
  all: [],
  any: [
    { kind: 'flat', signal: 'pressure.node.memory.some', where: 'node', atMost: 0.01 },
    { kind: 'flat', signal: 'memory.node.major_faults', where: 'node', atMost: 20 },
  ],
} as const satisfies ReadingRule;
