import type { ReadingRule } from './reading.js';

export const notScheduling = {
  id: 'not-scheduling',
  order: 90,
  says: 'tasks did not wait for CPUs: scheduling does not explain the stall',
  deniedBy: 'tasks waited for CPUs longer than usual',
  all: [],
  any: [
    { kind: 'flat', signal: 'pressure.cgroup.cpu.some', where: 'affected', atMost: 0.1 },
    { kind: 'flat', signal: 'pressure.node.cpu.some', where: 'node', atMost: 0.1 },
  ],
} as const satisfies ReadingRule;
