import type { Cause } from './cause.js';

export const swapThrash = {
  id: 'swap-thrash',
  title: 'Swapping',
  mechanism:
    'Anonymous memory does not fit. Pages are swapped out and soon needed again, so threads wait for the disk.',
  chain: ['memory does not fit', 'pages out and in', 'threads wait for the disk'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'swap-in',
      expect: { kind: 'change', signal: 'memory.node.swap_in', direction: 'up', where: 'node', atLeast: 50 },
      says: 'pages were swapped in',
      ifSeen: 18,
      ifAbsent: -20,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'swap-out',
      expect: { kind: 'change', signal: 'memory.node.swap_out', direction: 'up', where: 'node', atLeast: 50 },
      says: 'pages were swapped out',
      ifSeen: 8,
      ifAbsent: -8,
      reason: 'the first half of it',
      group: 'mechanism',
    },
    {
      id: 'swap',
      expect: { kind: 'fact', fact: 'memory.swap_total', where: 'node', above: 0 },
      says: 'the node has swap space',
      ifSeen: 1,
      ifAbsent: -40,
      reason: 'without swap nothing is swapped',
      role: 'precondition',
    },
    {
      id: 'major-faults',
      expect: { kind: 'change', signal: 'memory.node.major_faults', direction: 'up', where: 'node', atLeast: 20 },
      says: 'major page faults rose',
      ifSeen: 4,
      ifAbsent: -6,
      reason: 'swapped pages come back by major faults',
    },
  ],
  rivals: [{ cause: 'memory-reclaim', tellApart: 'nothing is swapped' }],
  next: [
    {
      id: 'vmstat',
      command: 'vmstat 1 60',
      why: 'shows swapping in and out',
      expect: 'si and so grow during the episode',
    },
  ],
  remedies: [
    {
      id: 'swap',
      do: 'give the node more memory or switch swap off and set limits',
      command: 'vmstat 1',
      verify: 'si and so stay at zero',
      watch: { signal: 'memory.node.swap_in', expect: 'zero' },
    },
  ],
  references: [{ title: 'vmstat(8)', url: 'https://man7.org/linux/man-pages/man8/vmstat.8.html' }],
} as const satisfies Cause;
