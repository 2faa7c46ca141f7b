import type { Cause } from './cause.js';

export const vmPause = {
  id: 'vm-pause',
  title: 'Virtual machine paused',
  mechanism:
    'The platform froze the whole machine, for a live migration or a snapshot. Every series of it has a gap, then counters jump.',
  chain: ['machine frozen', 'gap in every series', 'jump afterwards'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'all-silent',
      expect: { kind: 'gap' },
      says: 'everything that is measured on the node has a gap at the same time',
      ifSeen: 12,
      ifAbsent: -12,
      reason: 'a frozen machine takes no sample; told only where samples are fine enough',
      group: 'freeze',
      role: 'mechanism',
    },
    {
      id: 'clocksource',
      expect: { kind: 'event', event: 'kernel.clocksource', within: 60000, where: 'node' },
      says: 'the kernel doubted its clock source or changed it',
      ifSeen: 8,
      ifAbsent: 0,
      reason:
        'the watchdog finds that clocks disagree, as they may after a pause; a bad clock is found so as well, and recent kernels skip a comparison that comes late',
      group: 'log',
      role: 'decisive-event',
    },
    {
      id: 'soft-lockup',
      expect: { kind: 'event', event: 'kernel.soft-lockup', within: 60000, where: 'node' },
      says: 'the kernel logged a soft lockup',
      ifSeen: 3,
      ifAbsent: 0,
      reason:
        'a guest that is not told of its pause blames whatever ran; a hypervisor that tells it keeps its watchdog quiet',
      group: 'log',
    },
    {
      id: 'steal',
      expect: { kind: 'change', signal: 'cpu.node.steal', direction: 'up', where: 'node', atLeast: 0.3 },
      says: 'CPU time was stolen by the hypervisor',
      ifSeen: 4,
      ifAbsent: 0,
      reason: 'some platforms book the pause as steal',
    },
    {
      id: 'scrape',
      expect: { kind: 'change', signal: 'measurement.scrape_duration', direction: 'up', where: 'any', atLeast: 0.5 },
      says: 'scrapes took longer',
      ifSeen: 4,
      ifAbsent: -2,
      reason: 'the exporter stood still as well',
    },
    {
      id: 'scope-all-pods',
      expect: { kind: 'scope', is: 'all-pods' },
      says: 'all pods of the node were hit',
      ifSeen: 2,
      ifAbsent: -8,
      reason: 'a frozen machine spares nobody',
      group: 'scope',
    },
  ],
  explains: ['cpu-steal', 'app-stall', 'packet-loss'],
  rivals: [
    { cause: 'cpu-steal', tellApart: 'samples go on while CPU time is stolen' },
    {
      cause: 'kernel-soft-lockup',
      tellApart:
        'one CPU is stuck while others go on taking samples, and its stack stays the same; after a pause all CPUs complain at once, of whatever they ran',
    },
    { cause: 'measurement-artefact', tellApart: 'clients feel nothing while an exporter is gone' },
  ],
  next: [
    {
      id: 'platform-events',
      command:
        "journalctl -k | grep -iE 'clocksource|suspend|resume' | tail; echo 'and the maintenance log of the cloud platform'",
      why: "a pause leaves traces in the kernel and in the platform's log",
      expect: 'a maintenance or migration event at the time',
    },
  ],
  remedies: [
    {
      id: 'platform',
      do: 'ask the platform for the event and choose another maintenance policy',
      command: 'journalctl -k',
      verify: 'no gaps in all exporters at once',
    },
  ],
  references: [
    {
      title: 'Linux kernel documentation: timekeeping in virtualization (4.4 Migration, 4.6 Watchdogs)',
      url: 'https://docs.kernel.org/virt/kvm/x86/timekeeping.html',
    },
    {
      title:
        'Linux kernel documentation: KVM_KVMCLOCK_CTRL (tells a guest that it was paused, so that its watchdogs do not fire)',
      url: 'https://docs.kernel.org/virt/kvm/api.html',
    },
    {
      title: 'Linux kernel source: clocksource watchdog (the messages about unstable clock sources)',
      url: 'https://github.com/torvalds/linux/blob/master/kernel/time/clocksource.c',
    },
  ],
} as const satisfies Cause;
