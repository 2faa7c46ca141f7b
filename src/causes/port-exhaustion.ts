import type { Cause } from './cause.js';

export const portExhaustion = {
  id: 'port-exhaustion',
  title: 'Ephemeral ports exhausted',
  mechanism:
    'One client address opens so many short connections to one destination that its range of local ports is used up, mostly by connections in TIME_WAIT. Further connects fail or wait.',
  chain: ['many short connections', 'ports in TIME_WAIT', 'connect fails'],
  clues: [
    {
      id: 'ports-used',
      expect: {
        kind: 'saturates',
        signal: 'net.tcp.time_wait',
        limit: { fact: 'net.port_range' },
        ratio: 0.8,
        where: 'any',
      },
      says: 'connections in TIME_WAIT reach the size of the port range',
      ifSeen: 12,
      ifAbsent: -8,
      reason: 'ports are used up only when nearly all are taken',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'time-wait',
      expect: { kind: 'change', signal: 'net.tcp.time_wait', direction: 'up', where: 'any', atLeast: 200 },
      says: 'connections in TIME_WAIT rose',
      ifSeen: 8,
      ifAbsent: -6,
      reason: 'closed connections hold their ports for a minute',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'thousands-waiting',
      expect: { kind: 'saturates', signal: 'net.tcp.time_wait', limit: { level: 4000 }, ratio: 1, where: 'any' },
      says: 'thousands of connections of one client were in TIME_WAIT',
      ifSeen: 5,
      ifAbsent: 0,
      reason:
        'a range of ports holds 28,232 by default and is often made smaller; a busy proxy has thousands as well, and the client may not be in the data',
      group: 'mechanism',
    },
    {
      id: 'openers-waiting',
      expect: { kind: 'saturates', signal: 'net.tcp.time_wait', limit: { level: 4000 }, ratio: 1, where: 'openers' },
      says: 'a pod that lives by opening connections had thousands of them in TIME_WAIT',
      ifSeen: 7,
      ifAbsent: 0,
      reason:
        'more than sixty connections a second that nobody keeps open: few pods do so, and nearly all that run out of ports',
      group: 'mechanism',
    },
    {
      id: 'attempt-fails',
      expect: { kind: 'change', signal: 'net.tcp.attempt_fails', direction: 'up', where: 'any', atLeast: 1 },
      says: 'connection attempts failed',
      ifSeen: 3,
      ifAbsent: 0,
      reason: 'other failures count as well',
    },
    {
      id: 'log',
      expect: { kind: 'event', event: 'log.address-not-available', within: 60000, where: 'any' },
      says: 'a log says that no local address could be assigned',
      ifSeen: 18,
      ifAbsent: 0,
      reason: 'the error of connect() itself',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'active-opens',
      expect: { kind: 'change', signal: 'net.tcp.active_opens', direction: 'up', where: 'any', atLeast: 20 },
      says: 'more connections were opened to others',
      ifSeen: 4,
      ifAbsent: -3,
      reason: 'the demand that uses up the ports',
    },
    {
      id: 'opener-cpu',
      expect: {
        kind: 'change',
        signal: 'cpu.cgroup.usage',
        direction: 'up',
        where: 'openers',
        atLeast: 0.1,
        atLeastRatio: 0.2,
      },
      says: 'the pods that open the connections used more CPU',
      ifSeen: 4,
      ifAbsent: -1,
      reason:
        'where nearly all ports are taken, each connect tries one after the other and fails; who merely waits for slow peers uses no more CPU',
    },
    {
      id: 'syn-sent',
      expect: { kind: 'change', signal: 'net.tcp.syn_sent', direction: 'up', where: 'any', atLeast: 5 },
      says: 'connections waited in SYN_SENT',
      ifSeen: 2,
      ifAbsent: 0,
      reason: 'retries of connects',
    },
  ],
  // who runs out of ports stalls in its connects; what it has begun stays open, and those it calls wait for nothing they know
  explains: ['app-stall'],
  rivals: [{ cause: 'traffic-surge', tellApart: 'connects do not fail' }],
  next: [
    {
      id: 'ports',
      command:
        "sysctl net.ipv4.ip_local_port_range; ss -tan state time-wait | awk '{print $4}' | sort | uniq -c | sort -rn | head",
      why: 'counts ports in use per destination',
      expect: 'one destination holds nearly the whole range',
    },
  ],
  remedies: [
    {
      id: 'keep-alive',
      do: 'reuse connections (keep-alive), widen the port range, or use further source or destination addresses',
      command: 'sysctl net.ipv4.ip_local_port_range',
      verify: 'ports in TIME_WAIT per destination stay below half of the range',
      watch: { signal: 'net.tcp.time_wait', expect: 'down' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: ip_local_port_range',
      url: 'https://docs.kernel.org/networking/ip-sysctl.html',
    },
    { title: 'connect(2), error EADDRNOTAVAIL', url: 'https://man7.org/linux/man-pages/man2/connect.2.html' },
  ],
} as const satisfies Cause;
