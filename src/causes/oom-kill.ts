import type { Cause } from './cause.js';

export const oomKill = {
  id: 'oom-kill',
  title: 'Killed for lack of memory',
  mechanism:
    'The kernel killed a process because its limit, or the node, was out of memory. Its connections are reset and it restarts.',
  chain: ['memory exhausted', 'process killed', 'connections reset', 'restart'],
  prior: { weight: -3, reason: 'leaves clear traces; without them unlikely' },
  clues: [
    {
      id: 'oom-kills',
      expect: { kind: 'change', signal: 'memory.node.oom_kills', direction: 'up', where: 'node' },
      says: 'a process of the node was killed for lack of memory',
      ifSeen: 18,
      ifAbsent: -16,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'pod-oom-kills',
      expect: { kind: 'change', signal: 'memory.cgroup.events_oom_kill', direction: 'up', where: 'affected' },
      says: 'a process of the pod was killed for lack of memory',
      ifSeen: 22,
      ifAbsent: -16,
      reason: 'the mechanism itself, per pod',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'dmesg',
      expect: { kind: 'event', event: 'kernel.oom-kill', within: 60000, where: 'any' },
      says: 'the kernel logged an out-of-memory kill',
      ifSeen: 20,
      ifAbsent: 0,
      reason: 'decisive',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'kubernetes',
      expect: { kind: 'event', event: 'kubernetes.OOMKilled', within: 60000, where: 'any' },
      says: 'Kubernetes reports OOMKilled',
      ifSeen: 18,
      ifAbsent: 0,
      reason: 'decisive',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'connections-drop',
      expect: {
        kind: 'change',
        signal: 'net.tcp.established',
        direction: 'down',
        where: 'affected',
        atLeast: 2,
        atLeastRatio: 0.5,
      },
      says: 'open connections fell to nothing',
      ifSeen: 3,
      ifAbsent: -2,
      reason: 'the kill closes them all',
    },
    {
      id: 'restarts',
      expect: { kind: 'change', signal: 'app.restarts', direction: 'up', where: 'any' },
      says: 'a container restarted',
      ifSeen: 3,
      ifAbsent: -4,
      reason: 'who is killed is started again',
    },
  ],
  rivals: [{ cause: 'probe-kill-restart', tellApart: 'the kubelet killed it, not the kernel' }],
  next: [
    {
      id: 'last-state',
      command: "kubectl get pod POD -o json | grep -A8 lastState; dmesg -T | grep -i 'killed process'",
      why: 'tells a kill from other exits',
      expect: 'reason OOMKilled, exit code 137',
    },
  ],
  remedies: [
    {
      id: 'limit',
      do: 'raise the memory limit or mend the leak',
      command: 'kubectl top pod',
      verify: 'no exit code 137 for three times the usual interval',
      watch: { signal: 'memory.node.oom_kills', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: cgroup v2, memory.events',
      url: 'https://docs.kernel.org/admin-guide/cgroup-v2.html',
    },
  ],
} as const satisfies Cause;
