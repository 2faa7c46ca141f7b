import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Text } from '../../text/text.js';

/** Signals a reader expects to see first, symptom before consequence; the rest follows by strength. */
const FIRST: readonly string[] = [
  'app.latency.p99',
  'app.latency.mean',
  'net.path.rtt',
  'net.tcp.rx_queue',
  'net.tcp.tx_queue',
  'net.tcp.established',
  'net.tcp.passive_opens',
  'net.tcp.listen_drops',
  'net.socket.slow_reads_100ms',
];

const SYMPTOMS =
  /^(?:app\.(?:latency|request_time|event_loop|failures)|net\.path\.rtt|net\.tcp\.(?:rx_queue|tx_queue|accept_queue|unaccepted)|net\.socket\.slow_)/;
const CONSEQUENCES =
  /^net\.(?:tcp\.(?:established|current_established|passive_opens|active_opens|listen_|syn_|close_wait|time_wait|fin_wait|retransmits|timeouts|resets_out|abort|zero_window|to_zero|from_zero|receive_)|socket\.tcp_)/;

export type SignalRole = 'mechanism' | 'sign' | 'symptom' | 'consequence' | 'other';

/**
 * What a signal is to an incident: part of the leading cause's mechanism (its clue says so), how the trouble is felt,
 * what follows from it, another sign of that cause, or none of these.
 */
export function roleOf(signal: string, incident: Incident, text: Text): SignalRole {
  const lead = incident.hypotheses[0];
  const signs = lead?.evidence.filter((e) => e.signal === signal && e.verdict === 'for' && e.observed?.state !== 'flat') ?? []; // prettier-ignore
  if (lead !== undefined && signs.some((e) => text.clueOf(lead.cause, e.clue)?.role === 'mechanism'))
    return 'mechanism';
  if (SYMPTOMS.test(signal)) return 'symptom';
  if (CONSEQUENCES.test(signal)) return 'consequence';
  return signs.length > 0 ? 'sign' : 'other';
}

/**
 * The signals that tell an incident, at most `limit`: symptoms that moved, what proves the likeliest causes, what
 * followed. Signals outside the catalogue and those that no cause speaks of are left to the full list of findings.
 */
export function keySignals(inquiry: Inquiry, incident: Incident, limit: number): string[] {
  const present = new Set(inquiry.tracks.map((track) => track.series.signal));
  const strength = new Map<string, number>();
  const wanted = new Set(incident.findings);
  for (const finding of inquiry.findings)
    if (wanted.has(finding.id))
      strength.set(finding.signal, Math.max(strength.get(finding.signal) ?? 0, finding.strength));
  const score = new Map<string, number>();
  const add = (signal: string, points: number): void => {
    if (present.has(signal)) score.set(signal, Math.max(score.get(signal) ?? 0, points));
  };
  FIRST.forEach((signal, i) => {
    if (strength.has(signal)) add(signal, 200 - i);
  });
  incident.hypotheses.slice(0, 4).forEach((hypothesis, rank) => {
    for (const e of hypothesis.evidence)
      if (e.verdict === 'for' && e.observed !== null && e.observed.state !== 'flat')
        add(e.signal, (160 - 30 * rank) * Math.min(1, e.weight / 15));
  });
  for (const hypothesis of incident.hypotheses)
    for (const e of hypothesis.evidence)
      if (strength.has(e.signal)) add(e.signal, Math.min(20, strength.get(e.signal)!));
  const best = Array.from(score.entries())
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([signal]) => signal);
  const place = (signal: string): number => (FIRST.indexOf(signal) < 0 ? FIRST.length : FIRST.indexOf(signal));
  return best.sort((a, b) => place(a) - place(b) || (score.get(b) ?? 0) - (score.get(a) ?? 0) || (a < b ? -1 : 1));
}
