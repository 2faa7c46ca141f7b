import type { ReadingRule } from './reading.js';

export const kernelBusy = {
  id: 'kernel-busy',
  order: 94,
  says: 'most of the additional CPU time was spent by the kernel on behalf of the affected pods',
  deniedBy: 'the additional CPU time was not spent by the kernel on behalf of the affected pods',
  all: [
    { kind: 'cpu-share', signal: 'cpu.node.system', atLeast: 0.5 },
    { kind: 'cpu-share', signal: 'cpu.cgroup.usage', atLeast: 0.5 },
  ],
} as const satisfies ReadingRule;
