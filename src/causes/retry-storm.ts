import type { Cause } from './cause.js';

export const retryStorm = {
  id: 'retry-storm',
  title: 'Retry storm',
  mechanism:
    'A first failure makes clients repeat their requests. The repetitions are additional load, which keeps the service overloaded after the trigger has gone.',
  chain: ['first failure', 'clients repeat', 'more load', 'overload persists'],
  prior: { weight: -5, reason: 'seldom compared with quota, memory and disk' },
  clues: [
    {
      id: 'demand',
      expect: {
        kind: 'change',
        signal: 'net.tcp.passive_opens',
        direction: 'up',
        where: 'affected',
        atLeast: 3,
        atLeastRatio: 0.4,
      },
      says: 'more connections arrived than usual',
      ifSeen: 5,
      ifAbsent: -6,
      reason: 'repetitions arrive as connections',
      group: 'demand',
      role: 'mechanism',
    },
    {
      id: 'failures',
      expect: { kind: 'change', signal: 'app.failures', direction: 'up', where: 'any', atLeast: 0.3 },
      says: 'requests failed',
      ifSeen: 3,
      ifAbsent: -6,
      reason: 'without failures nobody repeats',
    },
    {
      id: 'failures-first',
      expect: { kind: 'leads', signal: 'app.failures', symptom: 'net.tcp.passive_opens', where: 'any' },
      says: 'failures came before the additional connections',
      ifSeen: 6,
      ifAbsent: 0,
      reason: 'repetitions follow failures; failures that are noticed later may have begun unseen',
    },
  ],
  rivals: [{ cause: 'traffic-surge', tellApart: 'nothing failed before' }],
  next: [
    {
      id: 'attempts',
      command: "awk '{print $1}' ACCESS_LOG | sort | uniq -c | sort -rn | head",
      why: 'counts attempts per client or request',
      expect: 'several attempts per request after the onset',
    },
  ],
  remedies: [
    {
      id: 'budget',
      do: 'give clients a retry budget and jitter',
      command: "awk '{print $1}' ACCESS_LOG | sort | uniq -c",
      verify: 'attempts per request stay near one',
    },
  ],
  references: [
    {
      title: "AWS Builders' Library: Timeouts, retries, and backoff with jitter",
      url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
    },
    {
      title: 'Google SRE Book: Addressing Cascading Failures (Retries)',
      url: 'https://sre.google/sre-book/addressing-cascading-failures/',
    },
  ],
} as const satisfies Cause;
