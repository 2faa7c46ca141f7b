import type { Cause } from './cause.js';

export const gcPause = {
  id: 'gc-pause',
  title: 'Garbage-collection pause',
  mechanism:
    'The runtime stops all threads of the process to collect garbage. Nothing is read or answered until it is done.',
  chain: ['heap full', 'stop of all threads', 'no reads'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'pause-time',
      expect: { kind: 'change', signal: 'app.gc.pause_time', direction: 'up', where: 'any', atLeast: 0.1 },
      says: 'time in garbage-collection pauses rose',
      ifSeen: 16,
      ifAbsent: -14,
      reason: 'the mechanism itself, where the runtime exports it',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'gc-log',
      expect: { kind: 'event', event: 'log.gc-pause', within: 60000, where: 'any' },
      says: 'a garbage-collection log shows a long pause',
      ifSeen: 12,
      ifAbsent: 0,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'event-loop',
      expect: { kind: 'change', signal: 'app.event_loop.lag', direction: 'up', where: 'any', atLeast: 0.1 },
      says: 'the event loop lagged',
      ifSeen: 6,
      ifAbsent: -6,
      reason: 'one loop serves all requests',
      group: 'mechanism',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late',
      ifSeen: 4,
      ifAbsent: -8,
      reason: 'stopped threads read nothing',
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
    {
      id: 'rise-then-plunge',
      expect: { kind: 'compensation', signal: 'net.tcp.passive_opens', where: 'affected' },
      says: 'new connections rise, then plunge below their usual rate: accepting stopped for longer than the queue could bridge',
      ifSeen: 3,
      ifAbsent: 0,
      reason: 'only a continuous stop of the accept loop makes the plunge; partial stalls do not',
      group: 'full-stop',
    },
    {
      id: 'scope-one-pod',
      expect: { kind: 'scope', is: 'one-pod' },
      says: 'only one pod was hit',
      ifSeen: 2,
      ifAbsent: -3,
      reason: 'collection stops one process at a time',
      group: 'scope',
    },
  ],
  explains: ['app-stall'],
  rivals: [{ cause: 'app-stall', tellApart: "no pause in the runtime's log" }],
  next: [
    {
      id: 'gc-log',
      command: "grep -iE 'pause|safepoint' GC_LOG | tail -50",
      why: 'compares pauses with the episode',
      expect: 'a pause as long as the stall at the same time',
    },
  ],
  remedies: [
    {
      id: 'tune',
      do: 'tune heap and collector, or reduce allocation',
      command: 'grep -i pause GC_LOG',
      verify: 'the sum of pauses stays below the stalls that hurt',
      watch: { signal: 'app.gc.pause_time', expect: 'down' },
    },
  ],
  references: [
    {
      title: 'LinkedIn: Eliminating large JVM GC pauses caused by background IO traffic',
      url: 'https://engineering.linkedin.com/blog/2016/02/eliminating-large-jvm-gc-pauses-caused-by-background-io-traffic',
    },
  ],
} as const satisfies Cause;
