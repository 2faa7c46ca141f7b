import type { Cause } from './cause.js';

export const kernelSoftLockup = {
  id: 'kernel-soft-lockup',
  title: 'Kernel lockup',
  mechanism:
    'A CPU stayed in the kernel without scheduling for longer than the watchdog allows: 20 seconds by default, twice watchdog_thresh. Everything that needs it waits, its soft interrupts included.',
  chain: ['CPU stuck in the kernel', 'scheduling and softirq stop', 'gaps everywhere'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'soft-lockup',
      expect: { kind: 'event', event: 'kernel.soft-lockup', within: 60000, where: 'node' },
      says: 'the kernel logged a soft lockup',
      ifSeen: 24,
      ifAbsent: 0,
      reason: 'the mechanism itself, in the words of the watchdog',
      group: 'log',
      role: 'decisive-event',
    },
    {
      id: 'rcu-stall',
      expect: { kind: 'event', event: 'kernel.rcu-stall', within: 60000, where: 'node' },
      says: 'the kernel logged an RCU stall',
      ifSeen: 18,
      ifAbsent: 0,
      reason: 'a CPU or task that does not pass a quiescent state within 21 seconds (normally)',
      group: 'log',
      role: 'decisive-event',
    },
    {
      id: 'hung-task',
      expect: { kind: 'event', event: 'kernel.hung-task', within: 60000, where: 'node' },
      says: 'the kernel logged a task blocked for over two minutes',
      ifSeen: 6,
      ifAbsent: 0,
      reason: 'blocked tasks have other causes as well',
      group: 'log',
    },
  ],
  explains: ['app-stall', 'softirq-starvation'],
  rivals: [
    {
      cause: 'vm-pause',
      tellApart:
        'the whole machine stands still: no series of it has a sample, steal time or a doubted clock follows, and all CPUs complain at once',
    },
  ],
  next: [
    {
      id: 'kernel-log',
      command: 'dmesg -T --level=err,warn | tail -200',
      why: 'shows what the kernel noticed',
      expect: 'soft lockup or RCU stall lines at the time',
    },
  ],
  remedies: [
    {
      id: 'stack',
      do: 'update the kernel or remove the driver or load named in the stack',
      command: 'dmesg -T',
      verify: 'no new lines in three times the usual interval',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: RCU CPU stall detector',
      url: 'https://docs.kernel.org/RCU/stallwarn.html',
    },
    {
      title: 'Linux kernel documentation: softlockup detector',
      url: 'https://docs.kernel.org/admin-guide/lockup-watchdogs.html',
    },
  ],
} as const satisfies Cause;
