import type { Cause } from './cause.js';

export const measurementArtefact = {
  id: 'measurement-artefact',
  title: 'Measurement artefact',
  mechanism:
    'The collector restarted, missed scrapes or changed labels. Unrelated metrics of one target jump at the same sample; the system itself was well.',
  chain: ['collector restarts', 'counters fall to zero', 'unrelated metrics jump together'],
  prior: { weight: -4, reason: 'recognised by resets and gaps before any cause is weighed' },
  clues: [
    {
      id: 'exporter-restart',
      expect: { kind: 'change', signal: 'measurement.process_start', direction: 'up', where: 'any', atLeast: 1 },
      says: 'the exporter restarted',
      ifSeen: 12,
      ifAbsent: -6,
      reason: 'the start time of its process moves',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'target-down',
      expect: { kind: 'change', signal: 'measurement.up', direction: 'down', where: 'any', atLeast: 0.2 },
      says: 'the target did not answer a scrape',
      ifSeen: 6,
      ifAbsent: -2,
      reason: 'a gap, not an event',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'clients-hurt',
      expect: { kind: 'reading', reading: 'clients-hurt' },
      says: 'clients felt it, so the exporter does not stand alone',
      ifSeen: -10,
      ifAbsent: 4,
      reason: 'an independent source that agrees rules an artefact out',
      group: 'independent',
    },
    {
      id: 'latency-flat',
      expect: { kind: 'flat', signal: 'app.latency.p99', where: 'affected', atMost: 0.05 },
      says: 'what clients measured stayed as it was',
      ifSeen: 6,
      ifAbsent: -8,
      reason: 'an independent source that saw nothing leaves the exporter alone with its story',
      group: 'independent',
    },
    {
      id: 'late-reads-agree',
      expect: { kind: 'reading', reading: 'late-reads-agree' },
      says: 'two independent measurements agree',
      ifSeen: -8,
      ifAbsent: 0,
      reason: 'an artefact of one probe does not show in another',
      group: 'independent',
    },
  ],
  next: [
    {
      id: 'raw-samples',
      command: "curl -sG 'http://PROMETHEUS/api/v1/query' --data-urlencode 'query=METRIC[1h]'",
      why: 'raw samples show resets and gaps that rate() hides',
      expect: 'counters fall to zero or scrapes are missing at the time',
    },
  ],
  remedies: [
    {
      id: 'collector',
      do: 'mend the collector; look at the incident through a second source',
      command: 'curl -s http://EXPORTER/metrics | grep process_start_time_seconds',
      verify: 'no resets of unrelated counters at once',
    },
  ],
  references: [
    {
      title: 'Prometheus: querying basics, staleness',
      url: 'https://prometheus.io/docs/prometheus/latest/querying/basics/',
    },
    {
      title: 'Prometheus: functions, rate() (counter resets are adjusted for)',
      url: 'https://prometheus.io/docs/prometheus/latest/querying/functions/#rate',
    },
  ],
} as const satisfies Cause;
