import type { Cause } from './cause.js';

export const conntrackInsertRace = {
  id: 'conntrack-insert-race',
  title: 'Connection-tracking insert race',
  mechanism:
    'Two packets race to enter the connection-tracking table under the same key, and the loser is dropped: two look-ups that one socket sends at once, or two connections that address translation gave the same port. Name look-ups then wait five seconds, connects one or three.',
  chain: ['parallel first packets', 'insert fails', 'packet dropped', 'retry after seconds'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'insert-failed',
      expect: { kind: 'change', signal: 'net.conntrack.insert_failed', direction: 'up', where: 'any', atLeast: 0.05 },
      says: 'connections could not be inserted into the table',
      ifSeen: 16,
      ifAbsent: -16,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'table-full',
      expect: {
        kind: 'saturates',
        signal: 'net.conntrack.entries',
        limit: 'net.conntrack.limit',
        ratio: 0.95,
        where: 'any',
      },
      says: 'the table was full to 95 % and more',
      ifSeen: -8,
      ifAbsent: 2,
      reason:
        'a full table turns new flows away without any race; drops do not tell the two apart, since the kernel counts each lost race as a drop as well',
    },
  ],
  explains: ['packet-loss'],
  rivals: [{ cause: 'conntrack-full', tellApart: 'the table is full, and packets are dropped that no race has lost' }],
  next: [
    {
      id: 'conntrack',
      command:
        'for i in 1 2; do date +%s; conntrack -S; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; sleep 30; done; dmesg -T | grep -i conntrack | tail',
      why: 'shows fill and drops of the table',
      expect: 'insert_failed grows while the table is far from full',
    },
  ],
  remedies: [
    {
      id: 'race',
      do: 'use a node-local DNS cache, resolv.conf option single-request-reopen, or fully random source ports',
      command: 'conntrack -S',
      verify: 'insert_failed does not grow',
      watch: { signal: 'net.conntrack.insert_failed', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Pumputis: Racy conntrack and DNS lookup timeouts (two look-ups of one socket)',
      url: 'https://lambda.lt/blog/2018/racy_conntrack.html',
    },
    {
      title: 'Kubernetes issue 56903: DNS intermittent delays of 5s',
      url: 'https://github.com/kubernetes/kubernetes/issues/56903',
    },
    {
      title:
        'XING: A reason for unexplained connection timeouts on Kubernetes/Docker (two connections translated to one port)',
      url: 'https://tech.xing.com/a-reason-for-unexplained-connection-timeouts-on-kubernetes-docker-abd041cf7e02',
    },
  ],
} as const satisfies Cause;
