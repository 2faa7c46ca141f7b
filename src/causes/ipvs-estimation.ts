import type { Cause } from './cause.js';

export const ipvsEstimation = {
  id: 'ipvs-estimation',
  title: 'IPVS estimation timer',
  mechanism:
    "With very many IPVS services, the kernel's estimation timer walks all of them in soft-interrupt context every two seconds and blocks one CPU. Since Linux 6.2 kernel threads do this work, and nothing is blocked.",
  chain: ['many services', 'timer walks all', 'one CPU blocked every 2 s'],
  prior: { weight: -12, reason: 'needs IPVS and thousands of services' },
  clues: [
    {
      id: 'sched-slow',
      expect: { kind: 'change', signal: 'cpu.softirq.sched_slow', direction: 'up', where: 'any', atLeast: 0.2 },
      says: 'soft interrupts were scheduled late',
      ifSeen: 6,
      ifAbsent: -6,
      reason: 'packets on that CPU wait',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'exec-slow',
      expect: { kind: 'change', signal: 'cpu.softirq.exec_slow', direction: 'up', where: 'any', atLeast: 0.1 },
      says: 'soft interrupts ran for long',
      ifSeen: 9,
      ifAbsent: -4,
      reason: 'the timer itself is the long one; whatever else holds a CPU is no soft interrupt',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'softirq-time',
      expect: { kind: 'change', signal: 'cpu.busiest.softirq', direction: 'up', where: 'node', atLeast: 0.03 },
      says: 'one CPU spent more time in soft interrupts',
      ifSeen: 2,
      ifAbsent: -4,
      reason: 'a timer that blocks for tenths of a second every two seconds takes a twentieth of a CPU or more',
      group: 'time',
      role: 'mechanism',
    },
    {
      id: 'clients-hurt',
      expect: { kind: 'reading', reading: 'clients-hurt' },
      says: 'clients felt it',
      ifSeen: 2,
      ifAbsent: -3,
      reason: 'one request in ten meets the timer',
    },
    {
      id: 'nothing-lost',
      expect: { kind: 'flat', signal: 'net.tcp.retransmits', where: 'affected', atMost: 3 },
      says: 'no unusual retransmits',
      ifSeen: 2,
      ifAbsent: -3,
      reason: 'packets wait for tenths of a second; few are taken for lost',
    },
    {
      id: 'estimation-off',
      expect: { kind: 'fact', fact: 'sysctl.net.ipv4.vs.run_estimation', where: 'node', above: 0 },
      says: 'IPVS estimation is switched on',
      ifSeen: 2,
      ifAbsent: -40,
      reason: 'switched off, the timer does not run',
      role: 'precondition',
    },
    {
      id: 'ipvs',
      expect: { kind: 'fact', fact: 'module.ip_vs', where: 'node', equals: true },
      says: 'IPVS is loaded',
      ifSeen: 6,
      ifAbsent: -40,
      reason: 'without IPVS there is no such timer',
      role: 'precondition',
    },
  ],
  explains: ['packet-loss', 'softirq-starvation', 'network-delay'],
  next: [
    {
      id: 'ipvs',
      command: 'sysctl net.ipv4.vs.run_estimation; lsmod | grep ip_vs; ipvsadm -ln | wc -l; ping -i 0.1 -c 600 POD',
      why: 'checks the precondition and the period of two seconds',
      expect: 'thousands of services and a peak of the ping every two seconds',
    },
  ],
  remedies: [
    {
      id: 'estimation',
      do: 'switch the estimation off where the kernel allows it',
      command: 'sysctl -w net.ipv4.vs.run_estimation=0',
      verify: 'the peak every two seconds is gone',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: IPVS sysctls (run_estimation)',
      url: 'https://docs.kernel.org/networking/ipvs-sysctl.html',
    },
    {
      title: 'Linux commit 2232642ec3fb: the timer ran for over 200 ms with 50,000 services on 104 CPUs',
      url: 'https://git.zx2c4.com/linux-dev/commit/?id=2232642ec3fb4aad6ae4da1e109f55a0e7f2d204',
    },
    {
      title: 'Linux merge 95d1815f0970: IPVS estimation in kernel threads instead of a timer on one CPU (6.2)',
      url: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=95d1815f0970d2f8e980a9a53dd0bf215de4d90a',
    },
  ],
} as const satisfies Cause;
