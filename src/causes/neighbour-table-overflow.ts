import type { Cause } from './cause.js';

export const neighbourTableOverflow = {
  id: 'neighbour-table-overflow',
  title: 'Neighbour table full',
  mechanism:
    'The node has more neighbours than its table may hold. New destinations cannot be resolved, so connections to them fail.',
  chain: ['too many neighbours', 'no new entries', 'new connections fail'],
  prior: { weight: -13, reason: 'rare: takes a thousand neighbours on one network; its own evidence must carry it' },
  clues: [
    {
      id: 'dmesg',
      expect: { kind: 'event', event: 'kernel.neighbour-overflow', within: 60000, where: 'node' },
      says: 'the kernel logged a neighbour table overflow',
      ifSeen: 22,
      ifAbsent: 0,
      reason: 'decisive',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'fill',
      expect: {
        kind: 'saturates',
        signal: 'net.arp.entries',
        limit: { fact: 'sysctl.net.ipv4.neigh.default.gc_thresh3' },
        ratio: 0.9,
        where: 'any',
      },
      says: 'the neighbour table was nearly full',
      ifSeen: 12,
      ifAbsent: -16,
      reason: 'below its limit new entries can be made',
      group: 'fill',
      role: 'mechanism',
    },
  ],
  explains: ['packet-loss'],
  next: [
    {
      id: 'neighbours',
      command:
        'ip -s neigh | wc -l; sysctl net.ipv4.neigh.default.gc_thresh1 net.ipv4.neigh.default.gc_thresh2 net.ipv4.neigh.default.gc_thresh3; dmesg -T | grep -i neighbo',
      why: 'compares entries with the limits',
      expect: 'entries at gc_thresh3 and overflow lines',
    },
  ],
  remedies: [
    {
      id: 'thresholds',
      do: 'raise gc_thresh1 to gc_thresh3',
      command: 'sysctl net.ipv4.neigh.default.gc_thresh3',
      verify: 'entries stay below gc_thresh2',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: neigh/default/gc_thresh1 to 3',
      url: 'https://docs.kernel.org/networking/ip-sysctl.html',
    },
    { title: 'arp(7)', url: 'https://man7.org/linux/man-pages/man7/arp.7.html' },
  ],
} as const satisfies Cause;
