import type { Cause } from './cause.js';

export const slowReceiver = {
  id: 'slow-receiver',
  title: 'Slow receiver at the other end',
  mechanism:
    'The peer reads slower than this side sends. It closes its window, bytes pile up in the send queue, and threads that write to it block.',
  chain: ['peer does not read', 'window closes', 'send queue piles up', 'writers block'],
  clues: [
    {
      id: 'window-probes',
      expect: { kind: 'change', signal: 'net.tcp.window_probes', direction: 'up', where: 'affected', atLeast: 1 },
      says: 'zero-window probes were sent',
      ifSeen: 18,
      ifAbsent: -12,
      reason: 'only a closed window of the peer makes them',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'send-queue',
      expect: { kind: 'change', signal: 'net.tcp.tx_queue', direction: 'up', where: 'affected', atLeast: 50000 },
      says: 'unacknowledged bytes piled up',
      ifSeen: 8,
      ifAbsent: -14,
      reason: 'what the peer does not take waits here',
      group: 'pile',
      role: 'mechanism',
    },
    {
      id: 'no-retransmits',
      expect: { kind: 'flat', signal: 'net.tcp.retransmits', where: 'affected', atMost: 8 },
      says: 'almost nothing had to be sent again',
      ifSeen: 3,
      ifAbsent: -4,
      reason: 'nothing is lost',
    },
    {
      id: 'no-shaper',
      expect: { kind: 'flat', signal: 'net.qdisc.backlog', where: 'affected', atMost: 4000 },
      says: 'no queue in front of a shaper',
      ifSeen: 3,
      ifAbsent: -10,
      reason: 'a limit queues before the interface',
      group: 'shaper',
    },
    {
      id: 'no-overlimits',
      expect: { kind: 'flat', signal: 'net.qdisc.overlimits', where: 'affected', atMost: 2 },
      says: 'no shaper holds packets back',
      ifSeen: 3,
      ifAbsent: -8,
      reason: 'a limit counts here',
      group: 'shaper',
    },
    {
      id: 'established',
      expect: { kind: 'change', signal: 'net.tcp.established', direction: 'up', where: 'affected', atLeast: 3 },
      says: 'more connections were open at a time',
      ifSeen: 2,
      ifAbsent: -2,
      reason: 'connections last as long as the peer needs',
    },
    {
      id: 'scope-one-pod',
      expect: { kind: 'scope', is: 'one-pod' },
      says: 'only one pod was hit',
      ifSeen: 1,
      ifAbsent: 0,
      reason: 'the peers of one service',
      group: 'scope',
    },
  ],
  rivals: [{ cause: 'bandwidth-limit', tellApart: 'a shaper holds back and no probes are sent' }],
  next: [
    {
      id: 'tcp-info',
      command:
        "nstat -az | grep -E 'Retrans|Timeouts|SackRecovery'; ss -tin state established | grep -o -E 'retrans:[0-9/]+|rtt:[0-9./]+|minrtt:[0-9.]+|rwnd_limited:[^ ]+' | sort | uniq -c | sort -rn | head -30",
      why: 'tells loss from delay from a slow peer, per connection',
      expect: 'rwnd_limited takes most of the time of the slow connections',
    },
  ],
  remedies: [
    {
      id: 'peer',
      do: 'look at the reading side of the peer; bound what a slow peer may hold (timeouts, send limits)',
      command: 'ss -tinm',
      verify: 'window probes stop and the send queue falls to its usual level',
      watch: { signal: 'net.tcp.window_probes', expect: 'zero' },
    },
  ],
  references: [
    { title: 'RFC 9293: TCP, zero-window probing (3.8.6.1)', url: 'https://www.rfc-editor.org/rfc/rfc9293' },
    {
      title: 'Linux kernel source: struct tcp_info (rwnd_limited: time limited by the receive window)',
      url: 'https://github.com/torvalds/linux/blob/master/include/uapi/linux/tcp.h',
    },
  ],
} as const satisfies Cause;
