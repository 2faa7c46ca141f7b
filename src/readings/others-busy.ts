import type { ReadingRule } from './reading.js';

export const othersBusy = {
  id: 'others-busy',
  order: 92,
  says: 'the node was busier, and it was not the affected pods that used the CPU time: others took it',
  deniedBy: 'the affected pods themselves used the CPU time that the node was busier: nobody took it from them',
  all: [{ kind: 'cpu-share', signal: 'cpu.cgroup.usage', atMost: 0.5 }],
} as const satisfies ReadingRule;
