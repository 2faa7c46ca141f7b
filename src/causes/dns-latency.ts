import type { Cause } from './cause.js';

export const dnsLatency = {
  id: 'dns-latency',
  title: 'Slow name resolution',
  mechanism:
    'Look-ups are slow or are retried, so new connections start late. Connections that exist already are not concerned.',
  chain: ['look-up slow or lost', 'connect starts late', 'requests late'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'lookup-time',
      expect: { kind: 'change', signal: 'app.dns.request_time', direction: 'up', where: 'any', atLeast: 0.1 },
      says: 'look-ups took longer',
      ifSeen: 14,
      ifAbsent: -12,
      reason: 'the mechanism itself, where the resolver exports it',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'udp-errors',
      expect: { kind: 'change', signal: 'net.udp.receive_buffer_errors', direction: 'up', where: 'any', atLeast: 0.1 },
      says: 'UDP datagrams were dropped at a full buffer',
      ifSeen: 6,
      ifAbsent: 0,
      reason: 'answers or questions that got lost',
      group: 'loss',
    },
    {
      id: 'log',
      expect: { kind: 'event', event: 'log.dns-failure', within: 60000, where: 'any' },
      says: 'a log says that a name could not be resolved',
      ifSeen: 8,
      ifAbsent: 0,
      reason: 'the error itself',
      group: 'mechanism',
    },
    {
      id: 'reads-in-time',
      expect: { kind: 'flat', signal: 'net.socket.slow_reads_100ms', where: 'affected', atMost: 1 },
      says: 'sockets are read in time',
      ifSeen: 2,
      ifAbsent: -8,
      reason: 'the services themselves are healthy',
    },
  ],
  next: [
    {
      id: 'resolver',
      command:
        "kubectl exec POD -- cat /etc/resolv.conf; kubectl exec POD -- sh -c 'for i in 1 2 3 4 5; do time nslookup kubernetes.default; done'",
      why: 'times look-ups from the pod',
      expect: 'look-ups take multiples of five seconds',
    },
  ],
  remedies: [
    {
      id: 'cache',
      do: 'use a node-local cache, fewer search domains, names that end in a dot',
      command: 'kubectl exec POD -- cat /etc/resolv.conf',
      verify: 'the 99th percentile of look-ups stays below 100 ms',
    },
  ],
  references: [{ title: 'resolv.conf(5)', url: 'https://man7.org/linux/man-pages/man5/resolv.conf.5.html' }],
} as const satisfies Cause;
