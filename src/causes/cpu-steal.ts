import type { Cause } from './cause.js';

export const cpuSteal = {
  id: 'cpu-steal',
  title: 'CPU stolen by the hypervisor',
  mechanism:
    "The hypervisor runs other guests on the physical CPUs of this one. All virtual CPUs stop for moments, the kernel's own timers included.",
  chain: ['other guests run', 'virtual CPUs stop', 'everything late'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'steal',
      expect: { kind: 'change', signal: 'cpu.node.steal', direction: 'up', where: 'node', atLeast: 0.05 },
      says: 'CPU time was stolen by the hypervisor',
      ifSeen: 20,
      ifAbsent: -14,
      reason: 'the mechanism itself, where the platform reports it; five per cent delays one request in twenty',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late',
      ifSeen: 3,
      ifAbsent: -3,
      reason: 'stopped CPUs read nothing',
      group: 'family',
    },
    {
      id: 'clock-kept',
      expect: { kind: 'event', event: 'kernel.clocksource', within: 60000, where: 'any' },
      says: 'the kernel lost its clock: the machine stood still as a whole',
      ifSeen: -10,
      ifAbsent: 0,
      reason: 'stolen time leaves the clock running; a frozen machine loses it',
      group: 'pause',
    },
    {
      id: 'scrapes-in-time',
      expect: { kind: 'flat', signal: 'measurement.scrape_duration', where: 'any', atMost: 0.5 },
      says: 'scrapes took as long as usual',
      ifSeen: 1,
      ifAbsent: -10,
      reason: 'a frozen machine answers no scrape; stolen time only slows it',
      group: 'pause',
    },
    {
      id: 'scope-all-pods',
      expect: { kind: 'scope', is: 'all-pods' },
      says: 'all pods of the node were hit',
      ifSeen: 3,
      ifAbsent: -4,
      reason: 'stolen time hits whoever wants to run',
      group: 'scope',
    },
  ],
  rivals: [{ cause: 'cpu-contention', tellApart: 'tasks of this node use the CPU' }],
  next: [
    {
      id: 'mpstat',
      command: 'mpstat -P ALL 1 120',
      why: 'shows stolen and soft-interrupt time per CPU over an episode',
      expect: '%steal jumps on all CPUs during the episode',
    },
  ],
  remedies: [
    {
      id: 'instance',
      do: 'move to dedicated CPUs or another instance; check CPU credits',
      command: 'mpstat -P ALL 1',
      verify: 'steal stays below 1 %',
      watch: { signal: 'cpu.node.steal', expect: 'down' },
    },
  ],
  references: [{ title: 'proc_stat(5)', url: 'https://man7.org/linux/man-pages/man5/proc_stat.5.html' }],
} as const satisfies Cause;
