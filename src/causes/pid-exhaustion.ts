import type { Cause } from './cause.js';

export const pidExhaustion = {
  id: 'pid-exhaustion',
  title: 'Task limit reached',
  mechanism: 'The pod reached its limit of tasks. New threads and processes cannot be started, so workers are missing.',
  chain: ['task limit reached', 'clone fails', 'workers missing'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'at-limit',
      expect: {
        kind: 'saturates',
        signal: 'pid.cgroup.current',
        limit: { fact: 'cgroup.pids.max' },
        ratio: 0.95,
        where: 'affected',
      },
      says: 'tasks of the pod reached the limit',
      ifSeen: 18,
      ifAbsent: -16,
      reason: 'below the limit clone() does not fail',
      group: 'limit',
      role: 'mechanism',
    },
    {
      id: 'log',
      expect: { kind: 'event', event: 'log.cannot-create-thread', within: 60000, where: 'any' },
      says: 'a log says that no thread could be created',
      ifSeen: 16,
      ifAbsent: 0,
      reason: 'the error itself',
      group: 'limit',
      role: 'decisive-event',
    },
  ],
  explains: ['app-stall'],
  next: [
    {
      id: 'tasks',
      command: "find /sys/fs/cgroup -path '*kubepods*' -name 'pids.*' -exec grep -H . {} +",
      why: 'compares tasks with their limit',
      expect: 'pids.current stands at pids.max',
    },
  ],
  remedies: [
    {
      id: 'limit',
      do: 'raise the limit of tasks or bound the thread pool',
      command: 'cat /sys/fs/cgroup/pids.max',
      verify: 'the max events of pids.events do not grow',
    },
  ],
  references: [
    { title: 'Linux kernel documentation: cgroup v2, PID', url: 'https://docs.kernel.org/admin-guide/cgroup-v2.html' },
  ],
} as const satisfies Cause;
