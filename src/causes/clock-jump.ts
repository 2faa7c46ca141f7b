import type { Cause } from './cause.js';

export const clockJump = {
  id: 'clock-jump',
  title: 'Clock jump',
  mechanism:
    'The clock of one host was stepped. Durations come out negative or too long, and the order of events across hosts is wrong; nothing physical happened.',
  chain: ['clock stepped', 'wrong durations', 'wrong order'],
  prior: { weight: -8, reason: 'rare in the incidents that reach support; its own evidence must carry it' },
  clues: [
    {
      id: 'offset',
      expect: { kind: 'change', signal: 'measurement.clock_offset', direction: 'up', where: 'any', atLeast: 0.5 },
      says: 'the clock offset rose',
      ifSeen: 16,
      ifAbsent: -10,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'log',
      expect: { kind: 'event', event: 'log.clock-step', within: 60000, where: 'any' },
      says: 'a log says that the clock was stepped',
      ifSeen: 18,
      ifAbsent: 0,
      reason: 'decisive: clocks are stepped at start-up and hardly ever afterwards',
      group: 'mechanism',
      role: 'decisive-event',
    },
    {
      id: 'reader-stall',
      expect: { kind: 'reading', reading: 'reader-stall' },
      says: 'sockets were read late, which a stepped clock does not cause',
      ifSeen: -6,
      ifAbsent: 1,
      reason: 'a stepped clock delays no reads',
      group: 'family',
    },
    {
      id: 'drops-flat',
      expect: { kind: 'flat', signal: 'net.tcp.listen_drops', where: 'affected', atMost: 0.5 },
      says: 'no connection request is dropped',
      ifSeen: 1,
      ifAbsent: -8,
      reason: 'a stepped clock drops nothing',
    },
  ],
  next: [
    {
      id: 'time',
      command: 'chronyc tracking; journalctl -u chronyd | tail -50',
      why: 'shows steps of the clock',
      expect: 'a step at the time of the incident',
    },
  ],
  remedies: [
    {
      id: 'time-source',
      do: 'mend the time source and let the clock slew, not step',
      command: 'chronyc tracking',
      verify: 'the offset stays below 10 ms',
    },
  ],
  references: [
    {
      title: 'chrony.conf(5), makestep: offsets are slewed; steps are desirable only on boot',
      url: 'https://chrony-project.org/doc/4.8/chrony.conf.html#makestep',
    },
  ],
} as const satisfies Cause;
