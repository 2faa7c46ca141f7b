import type { Cause } from './cause.js';

export const listenBacklog = {
  id: 'listen-backlog',
  title: 'Accept queue too small',
  mechanism:
    'Connections arrive in groups faster than they are accepted, and the accept queue is small. The surplus is dropped and retried by the clients after one second and more, although the process itself is healthy.',
  chain: ['arrivals in groups', 'accept queue full', 'SYN dropped and retried', 'slow connects'],
  clues: [
    {
      id: 'overflows',
      expect: { kind: 'change', signal: 'net.tcp.listen_overflows', direction: 'up', where: 'affected', atLeast: 1 },
      says: 'the accept queue overflowed',
      ifSeen: 9,
      ifAbsent: -16,
      reason: 'the mechanism itself; every process that stops reading overflows its accept queue as well',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'drops',
      expect: { kind: 'change', signal: 'net.tcp.listen_drops', direction: 'up', where: 'affected', atLeast: 1 },
      says: 'listening sockets dropped connection requests',
      ifSeen: 8,
      ifAbsent: -16,
      reason: 'each overflow is a drop as well',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'reads-in-time',
      expect: { kind: 'flat', signal: 'net.socket.slow_reads_100ms', where: 'affected', atMost: 1 },
      says: 'sockets are read in time',
      ifSeen: 7,
      ifAbsent: -5,
      reason:
        'the process keeps reading; what a client sent before its connection was accepted is read late by the wait in the queue alone',
      group: 'late-reads',
    },
    {
      id: 'few-late-reads',
      expect: { kind: 'flat', signal: 'net.socket.slow_reads_100ms', where: 'affected', atMost: 5 },
      says: 'no more sockets are read late than wait in the accept queue',
      ifSeen: 0,
      ifAbsent: -14,
      reason: 'a small queue holds few connections; where many are read late, the overflow is a consequence',
      group: 'late-reads',
    },
    {
      id: 'receive-queue-flat',
      expect: { kind: 'flat', signal: 'net.tcp.rx_queue', where: 'affected', atMost: 8000 },
      says: 'the receive queue does not pile up',
      ifSeen: 6,
      ifAbsent: -12,
      reason: 'the same from the queues, where reads are not timed or few',
      group: 'reader',
    },
    {
      id: 'established-flat',
      expect: { kind: 'flat', signal: 'net.tcp.established', where: 'affected', atMost: 20 },
      says: 'not many more connections than usual',
      ifSeen: 3,
      ifAbsent: -8,
      reason: 'with a small queue few connections can pile up',
    },
    {
      id: 'cpu-flat',
      expect: { kind: 'flat', signal: 'cpu.cgroup.usage', where: 'affected', atMost: 0.02, atMostRatio: 0.6 },
      says: 'the pod uses as much CPU as usual',
      ifSeen: 2,
      ifAbsent: 0,
      reason: 'the process works normally; retries may cost it more',
    },
    {
      id: 'few-half-open',
      expect: { kind: 'flat', signal: 'net.tcp.syn_recv', where: 'affected', atMost: 30 },
      says: 'few half-open connections',
      ifSeen: 3,
      ifAbsent: -8,
      reason: 'a flood shows as half-open connections',
    },
    {
      id: 'small-backlog',
      expect: { kind: 'fact', fact: 'net.tcp.backlog', where: 'affected', below: 64 },
      says: 'the accept queue of the affected pod is small',
      ifSeen: 6,
      ifAbsent: -8,
      reason: 'a queue of 128 and more bridges groups of that size',
    },
  ],
  rivals: [
    { cause: 'app-stall', tellApart: 'sockets are read late as well' },
    { cause: 'syn-flood', tellApart: 'half-open connections pile up' },
  ],
  next: [
    {
      id: 'listen-queue',
      command:
        "for i in $(seq 30); do date +%s; ss -ltn; nstat -az | grep -E 'ListenOverflows|ListenDrops'; sleep 1; done",
      why: 'shows queue and backlog of every listening socket',
      expect: 'Recv-Q reaches Send-Q of one listener while the process stays healthy',
    },
  ],
  remedies: [
    {
      id: 'backlog',
      do: 'raise the backlog of the listener and net.core.somaxconn, or accept with more threads',
      command: 'ss -ltn; sysctl net.core.somaxconn',
      verify: 'ListenOverflows does not grow at peak',
      watch: { signal: 'net.tcp.listen_overflows', expect: 'zero' },
    },
  ],
  references: [{ title: 'listen(2)', url: 'https://man7.org/linux/man-pages/man2/listen.2.html' }],
} as const satisfies Cause;
