import type { Cause } from './cause.js';

export const cpuContention = {
  id: 'cpu-contention',
  title: 'CPU contention',
  mechanism:
    'More tasks are runnable than CPUs are available to them. The affected processes wait in the run queue, so they read, answer and accept late.',
  chain: ['more runnable tasks than CPUs', 'run-queue wait', 'sockets read late'],
  clues: [
    {
      id: 'process-run-queue',
      expect: {
        kind: 'change',
        signal: 'cpu.process.run_queue_wait',
        direction: 'up',
        where: 'affected',
        atLeast: 0.2,
      },
      says: 'the affected processes waited for a CPU',
      ifSeen: 12,
      ifAbsent: -12,
      reason: 'a stall by contention is waiting in the run queue; a fifth of the time is the least that hurts',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'cgroup-cpu-pressure',
      expect: { kind: 'change', signal: 'pressure.cgroup.cpu.some', direction: 'up', where: 'affected', atLeast: 0.25 },
      says: 'tasks of the affected pods waited for CPU (PSI)',
      ifSeen: 10,
      ifAbsent: -12,
      reason: 'PSI counts the same waiting; quota stops count too',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'node-cpu-pressure',
      expect: { kind: 'change', signal: 'pressure.node.cpu.some', direction: 'up', where: 'node', atLeast: 0.15 },
      says: 'tasks of the node waited for CPU (PSI)',
      ifSeen: 10,
      ifAbsent: -12,
      reason: 'where PSI of the pods was not collected; smoothing over a minute dilutes it',
      group: 'node-wait',
      role: 'mechanism',
    },
    {
      id: 'node-run-queue',
      expect: { kind: 'change', signal: 'cpu.node.run_queue_wait', direction: 'up', where: 'node', atLeast: 0.4 },
      says: 'tasks of the node waited in run queues',
      ifSeen: 5,
      ifAbsent: -6,
      reason: 'the same from the scheduler statistics of all CPUs',
      group: 'node-wait',
    },
    {
      id: 'runnable',
      expect: { kind: 'change', signal: 'cpu.node.procs_running', direction: 'up', where: 'node', atLeast: 3 },
      says: 'more tasks were runnable',
      ifSeen: 3,
      ifAbsent: -2,
      reason: 'a level seen only at the instants of the scrape',
    },
    {
      id: 'idle',
      expect: { kind: 'change', signal: 'cpu.node.idle', direction: 'down', where: 'node', atLeast: 0.12 },
      says: 'the node had less idle CPU time',
      ifSeen: 4,
      ifAbsent: -8,
      reason: 'somebody must use the CPU that the affected wait for',
    },
    {
      id: 'own-use-falls',
      expect: { kind: 'change', signal: 'cpu.cgroup.usage', direction: 'down', where: 'affected', atLeast: 0.01 },
      says: 'the affected pods themselves used less CPU while they waited',
      ifSeen: 6,
      ifAbsent: -5,
      reason: 'who waits for a CPU because of others computes less; who computes more makes its own queue',
    },
    {
      id: 'not-throttled',
      expect: { kind: 'flat', signal: 'cpu.cgroup.throttled_time', where: 'affected', atMost: 0.05 },
      says: 'the affected pods were not throttled',
      ifSeen: 2,
      ifAbsent: -8,
      reason: 'quota stops look like waiting too',
    },
    {
      id: 'no-migration',
      expect: { kind: 'flat', signal: 'numa.node.pages_migrated', where: 'node', atMost: 800 },
      says: 'no unusual page migration',
      ifSeen: 1,
      ifAbsent: -6,
      reason: 'page migration raises run-queue waits as well',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'the process reads its sockets late: received bytes pile up or reads come over 100 ms late',
      ifSeen: 4,
      ifAbsent: -8,
      reason:
        'the family of causes that stop the reader shows it in nearly every recorded case; another family can copy it when its writers block',
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
      id: 'retransmits-flat',
      expect: { kind: 'flat', signal: 'net.tcp.retransmits', where: 'affected', atMost: 20 },
      says: 'no unusual retransmits',
      ifSeen: 2,
      ifAbsent: -4,
      reason:
        'retransmits accompany delivery trouble; SYN retries behind a full accept queue stay below twenty a second in recorded cases',
      group: 'delivery',
    },
  ],
  rivals: [
    { cause: 'cpu-throttling', tellApart: 'throttled time rises' },
    { cause: 'cpu-steal', tellApart: 'steal time rises and all CPUs are hit' },
  ],
  next: [
    {
      id: 'schedstat',
      command:
        'for i in 1 2; do date +%s; grep -H . /proc/PID/schedstat /proc/pressure/cpu; sleep 30; done; ps -eo pcpu,comm --sort=-pcpu | head -15',
      why: 'shows how long the process waited for a CPU and who used it',
      expect: 'the second field of schedstat grows by seconds during the episode and another process is at the top',
    },
  ],
  remedies: [
    {
      id: 'isolate',
      do: 'give the affected pods CPU requests that match their need, or move the busy neighbour away',
      command: 'kubectl top pod -A --sort-by=cpu',
      verify: 'run-queue wait of the pods stays below one per cent at the same load',
      watch: { signal: 'cpu.process.run_queue_wait', expect: 'down' },
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: scheduler statistics',
      url: 'https://docs.kernel.org/scheduler/sched-stats.html',
    },
    {
      title: 'Linux kernel documentation: pressure stall information',
      url: 'https://docs.kernel.org/accounting/psi.html',
    },
  ],
} as const satisfies Cause;
