import type { Incident } from '../types/diagnosis.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Text } from '../text/text.js';

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

const SYMPTOMS = /^(?:app\.(?:latency|request_time|event_loop|failures)|net\.path\.rtt|net\.tcp\.(?:rx_queue|tx_queue|accept_queue|unaccepted)|net\.socket\.slow_)/;
const CONSEQUENCES =
  /^net\.(?:tcp\.(?:established|current_established|passive_opens|active_opens|listen_|syn_|close_wait|time_wait|fin_wait|retransmits|timeouts|resets_out|abort|zero_window|to_zero|from_zero|receive_)|socket\.tcp_)/;

export type SignalRole = 'mechanism' | 'symptom' | 'consequence' | 'other';

/**
 * What a signal is to an incident: part of the leading cause's mechanism (its clue says so), how the trouble is felt,
 * what follows from it, or none of these.
 */
export function roleOf(signal: string, incident: Incident, _inquiry: Inquiry, text: Text): SignalRole {
  const lead = incident.hypotheses[0];
  const mechanism = lead?.evidence.some(
    (e) => e.signal === signal && e.verdict === 'for' && text.clueOf(lead.cause, e.clue)?.role === 'mechanism',
  );
  if (mechanism === true) return 'mechanism';
  if (SYMPTOMS.test(signal)) return 'symptom';
  return CONSEQUENCES.test(signal) ? 'consequence' : 'other';
}

/** The signals that tell an incident, at most `limit`: what moved, what proves the leading cause, what a reader expects. */
export function keySignals(inquiry: Inquiry, incident: Incident, limit: number): string[] {
  const present = new Set(inquiry.tracks.map((track) => track.series.signal));
  const score = new Map<string, number>();
  const add = (signal: string, points: number): void => {
    if (present.has(signal)) score.set(signal, Math.max(score.get(signal) ?? 0, points));
  };
  const wanted = new Set(incident.findings);
  for (const finding of inquiry.findings)
    if (wanted.has(finding.id) && !finding.signal.startsWith('raw:')) add(finding.signal, Math.min(50, finding.strength));
  for (const evidence of incident.hypotheses[0]?.evidence ?? [])
    if (evidence.verdict === 'for') add(evidence.signal, 40 + Math.abs(evidence.weight));
  FIRST.forEach((signal, i) => {
    if (score.has(signal) || i < 5) add(signal, 100 - i);
  });
  const chosen = Array.from(score.entries())
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([signal]) => signal);
  const place = (signal: string): number => (FIRST.indexOf(signal) < 0 ? FIRST.length : FIRST.indexOf(signal));
  return chosen.sort((a, b) => place(a) - place(b) || (score.get(b) ?? 0) - (score.get(a) ?? 0) || (a < b ? -1 : 1));
}
