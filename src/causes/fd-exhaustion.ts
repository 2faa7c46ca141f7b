import type { Cause } from './cause.js';

export const fdExhaustion = {
  id: 'fd-exhaustion',
  title: 'File descriptors exhausted',
  mechanism:
    'The process has reached its limit of open descriptors. accept() fails, connections stay in the accept queue, and the queue overflows, while the process may spin.',
  chain: ['descriptors at the limit', 'accept() fails', 'accept queue overflows'],
  clues: [
    {
      id: 'open-descriptors',
      expect: { kind: 'change', signal: 'fd.pod.open', direction: 'up', where: 'affected', atLeast: 30 },
      says: 'open descriptors rose',
      ifSeen: 10,
      ifAbsent: -12,
      reason: 'the mechanism itself; connections that pile up hold descriptors as well',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'at-limit',
      expect: {
        kind: 'saturates',
        signal: 'fd.pod.open',
        limit: { fact: 'limit.open_files' },
        ratio: 0.9,
        where: 'affected',
      },
      says: 'open descriptors reached the limit',
      ifSeen: 18,
      ifAbsent: -10,
      reason: 'below the limit accept() does not fail; a limit may differ between processes of a pod',
      group: 'limit',
      role: 'mechanism',
    },
    {
      id: 'log',
      expect: { kind: 'event', event: 'log.too-many-open-files', within: 60000, where: 'any' },
      says: 'a log says too many open files',
      ifSeen: 18,
      ifAbsent: 0,
      reason: 'the error itself',
      group: 'limit',
      role: 'decisive-event',
    },
    {
      id: 'close-wait',
      expect: { kind: 'change', signal: 'net.tcp.close_wait', direction: 'up', where: 'affected', atLeast: 20 },
      says: 'connections stay in CLOSE_WAIT: closed by the peer, not by the process',
      ifSeen: 5,
      ifAbsent: -3,
      reason: 'connections that are not closed keep their descriptors',
    },
    {
      id: 'overflows',
      expect: { kind: 'change', signal: 'net.tcp.listen_overflows', direction: 'up', where: 'affected', atLeast: 1 },
      says: 'the accept queue overflowed',
      ifSeen: 3,
      ifAbsent: -4,
      reason: 'nobody accepts',
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
      id: 'io-flat',
      expect: { kind: 'flat', signal: 'pressure.node.io.some', where: 'node', atMost: 0.1 },
      says: 'no stalls on I/O',
      ifSeen: 2,
      ifAbsent: -4,
      reason: 'nothing waits for the disk',
    },
    {
      id: 'cpu-wait-flat',
      expect: { kind: 'flat', signal: 'pressure.node.cpu.some', where: 'node', atMost: 0.15 },
      says: 'no stalls on CPU',
      ifSeen: 2,
      ifAbsent: -3,
      reason: 'nothing waits for a CPU',
    },
  ],
  rivals: [{ cause: 'listen-backlog', tellApart: 'descriptors stay far from the limit' }],
  next: [
    {
      id: 'descriptors',
      command:
        "for i in $(seq 10); do date +%s; ls /proc/PID/fd | wc -l; sleep 3; done; grep 'open files' /proc/PID/limits",
      why: 'compares open descriptors with the limit',
      expect: 'the count stands at the limit during the episode',
    },
  ],
  remedies: [
    {
      id: 'limit',
      do: 'close what is not needed (leak), and raise the limit of open files',
      command: "grep 'open files' /proc/PID/limits",
      verify: 'open descriptors stay below 70 % of the limit',
      watch: { signal: 'fd.pod.open', expect: 'down' },
    },
  ],
  references: [
    { title: 'accept(2), errors EMFILE and ENFILE', url: 'https://man7.org/linux/man-pages/man2/accept.2.html' },
  ],
} as const satisfies Cause;
