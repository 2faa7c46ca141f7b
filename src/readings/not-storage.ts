import type { ReadingRule } from './reading.js';

export const notStorage = {
  id: 'not-storage',
  order: 100,
  says: 'dirty pages, waiting for I/O and blocked tasks show no change: storage does not explain the stall',
  deniedBy: 'tasks waited for storage',
  all: [{ kind: 'flat', signal: 'cpu.node.iowait', where: 'node', atMost: 0.03 }],
  any: [
    { kind: 'flat', signal: 'pressure.node.io.some', where: 'node', atMost: 0.05 },
    { kind: 'flat', signal: 'memory.node.dirty', where: 'node', atMost: 8000000 },
  ],
} as const satisfies ReadingRule;
