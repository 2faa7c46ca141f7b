import type { Cause } from './cause.js';

export const dependencySlow = {
  id: 'dependency-slow',
  title: 'Slow dependency',
  mechanism:
    'The service waits for another one. Its workers are held by calls that take long, and when none is left it stops reading.',
  chain: ['downstream slow', 'workers held', 'no reads'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'trace',
      expect: { kind: 'event', event: 'trace.slow-client-span', within: 60000, where: 'affected' },
      says: 'a trace shows a long call to another service',
      ifSeen: 13,
      ifAbsent: 0,
      reason:
        'the call itself; a stall of the caller would lengthen its server spans, and its client spans only in part',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'active-opens',
      expect: { kind: 'change', signal: 'net.tcp.active_opens', direction: 'up', where: 'affected', atLeast: 3 },
      says: 'more connections were opened to others',
      ifSeen: 3,
      ifAbsent: -3,
      reason: 'held connections are replaced by new ones',
      role: 'mechanism',
    },
    {
      id: 'cpu-falls',
      expect: {
        kind: 'change',
        signal: 'cpu.cgroup.usage',
        direction: 'down',
        where: 'affected',
        atLeast: 0.005,
        atLeastRatio: 0.1,
      },
      says: 'the affected pods used less CPU',
      ifSeen: 1,
      ifAbsent: -3,
      reason: 'who waits does not compute',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late',
      ifSeen: 2,
      ifAbsent: -4,
      reason: 'only when all workers are held',
      group: 'family',
    },
    {
      id: 'send-queue-flat',
      expect: { kind: 'flat', signal: 'net.tcp.tx_queue', where: 'affected', atMost: 16000 },
      says: 'the send queue does not pile up, so sending works',
      ifSeen: 2,
      ifAbsent: -5,
      reason:
        'a stalled reader sends nothing that could pile up; a pile of unacknowledged bytes points to the path or to the peer',
      group: 'delivery',
    },
  ],
  explains: ['app-stall'],
  rivals: [{ cause: 'app-stall', tellApart: 'no call to others is open' }],
  next: [
    {
      id: 'trace',
      command: "echo 'export one trace of a slow request (Jaeger, Zipkin or OTLP JSON)'",
      why: 'shows where the time of one request goes',
      expect: 'one client span takes nearly all of it',
    },
  ],
  remedies: [
    {
      id: 'bulkhead',
      do: 'set timeouts and a bound for concurrent calls to the dependency',
      command: "echo 'compare the 99th percentile of the dependency'",
      verify: 'the 99th percentile of the dependency is back at its usual value',
    },
  ],
  references: [
    {
      title: 'Google SRE Book: Addressing Cascading Failures (Latency and Deadlines, Bimodal latency)',
      url: 'https://sre.google/sre-book/addressing-cascading-failures/',
    },
  ],
} as const satisfies Cause;
