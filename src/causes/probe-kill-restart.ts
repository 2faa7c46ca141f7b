import type { Cause } from './cause.js';

export const probeKillRestart = {
  id: 'probe-kill-restart',
  title: 'Restarted by a probe',
  mechanism:
    'A liveness or startup probe failed repeatedly and the kubelet restarted the container, or a readiness probe failed and Kubernetes took the pod out of its services. Load moved to the others.',
  chain: ['probe fails', 'container killed', 'connections reset', 'load moves'],
  prior: { weight: -4, reason: 'leaves events; mostly an effect' },
  clues: [
    {
      id: 'unhealthy',
      expect: { kind: 'event', event: 'kubernetes.Unhealthy', within: 60000, where: 'any' },
      says: 'Kubernetes reports failed probes',
      ifSeen: 6,
      ifAbsent: 0,
      reason: 'a stall fails probes as well: the order in time decides',
      group: 'probe',
    },
    {
      id: 'killing',
      expect: { kind: 'event', event: 'kubernetes.Killing', within: 60000, where: 'any' },
      says: 'Kubernetes killed a container',
      ifSeen: 14,
      ifAbsent: 0,
      reason: 'the kill itself',
      group: 'probe',
      role: 'decisive-event',
    },
    {
      id: 'restarts',
      expect: { kind: 'change', signal: 'app.restarts', direction: 'up', where: 'any' },
      says: 'a container restarted',
      ifSeen: 8,
      ifAbsent: -10,
      reason: 'a kill ends in a restart',
      role: 'mechanism',
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
  ],
  explains: ['app-stall'],
  rivals: [{ cause: 'oom-kill', tellApart: 'the kernel killed it' }],
  next: [
    {
      id: 'events',
      command: 'kubectl get events -A -o json --sort-by=.lastTimestamp',
      why: 'within one hour of the incident: shows probes and kills with their times',
      expect: 'Unhealthy and Killing before the first symptom',
    },
  ],
  remedies: [
    {
      id: 'probe',
      do: 'let liveness depend on nothing else, and give it a timeout longer than harmless stalls',
      command: 'kubectl get pod POD -o json | grep -A8 livenessProbe',
      verify: 'no Unhealthy events at the same load',
    },
  ],
  references: [
    {
      title: 'Kubernetes: liveness, readiness and startup probes',
      url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    },
  ],
} as const satisfies Cause;
