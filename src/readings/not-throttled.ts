import type { ReadingRule } from './reading.js';

export const notThrottled = {
  id: 'not-throttled',
  order: 80,
  says: 'no CPU throttling of the affected pods: a quota does not explain the stall',
  deniedBy: 'the affected pods were throttled by their CPU quota',
  all: [{ kind: 'flat', signal: 'cpu.cgroup.throttled_time', where: 'affected', atMost: 0.05 }],
} as const satisfies ReadingRule;
