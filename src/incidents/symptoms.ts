import type { SignalId } from '../signals/all.js';

/** A signal whose movement means that somebody was hurt, and how large a movement has to be to hurt. */
export interface Symptom {
  readonly signal: SignalId;
  readonly direction: 'up' | 'down';
  /** Signals of one family say the same thing twice. */
  readonly family: string;
  /** Smallest change that matters, in the unit of the signal (per second for counters). */
  readonly least: number;
  /** Smallest ratio of peak to baseline that matters, where there is a baseline. */
  readonly ratio: number;
  /** Clients feel it directly. */
  readonly direct?: boolean;
  /** It may as well show on the peer of the one who is hurt: a client whose requests hang opens more connections. */
  readonly mutual?: boolean;
}

/** Clients' waits, unread and undelivered bytes, refusals and failures: what is felt, not what is busy. */
export const symptoms: readonly Symptom[] = [
  { signal: 'app.latency.mean', direction: 'up', family: 'latency', least: 0.03, ratio: 2.5, direct: true },
  { signal: 'app.latency.p50', direction: 'up', family: 'latency', least: 0.05, ratio: 2.5, direct: true },
  { signal: 'app.latency.p90', direction: 'up', family: 'latency', least: 0.1, ratio: 2.5, direct: true },
  { signal: 'app.latency.p95', direction: 'up', family: 'latency', least: 0.12, ratio: 2.5, direct: true },
  { signal: 'app.latency.p99', direction: 'up', family: 'latency', least: 0.15, ratio: 2.5, direct: true },
  { signal: 'app.latency.max', direction: 'up', family: 'latency', least: 0.2, ratio: 3, direct: true },
  { signal: 'net.path.rtt', direction: 'up', family: 'latency', least: 0.15, ratio: 2.5, direct: true },
  { signal: 'app.failures', direction: 'up', family: 'failures', least: 0.1, ratio: 2, direct: true },
  { signal: 'net.socket.slow_reads_100ms', direction: 'up', family: 'slow-reads', least: 0.1, ratio: 3, direct: true },
  { signal: 'net.socket.slow_writes_100ms', direction: 'up', family: 'slow-writes', least: 0.1, ratio: 3 },
  { signal: 'net.tcp.rx_queue', direction: 'up', family: 'rx-queue', least: 4096, ratio: 4 },
  { signal: 'net.tcp.tx_queue', direction: 'up', family: 'tx-queue', least: 16384, ratio: 4, mutual: true },
  { signal: 'net.tcp.accept_queue', direction: 'up', family: 'accept-queue', least: 16, ratio: 4 },
  { signal: 'net.tcp.unaccepted', direction: 'up', family: 'accept-queue', least: 16, ratio: 4 },
  { signal: 'net.tcp.listen_drops', direction: 'up', family: 'listen-drops', least: 0.1, ratio: 3, direct: true },
  { signal: 'net.tcp.listen_overflows', direction: 'up', family: 'listen-drops', least: 0.1, ratio: 3, direct: true },
  { signal: 'net.tcp.established', direction: 'up', family: 'established', least: 10, ratio: 2, mutual: true },
  { signal: 'net.tcp.current_established', direction: 'up', family: 'established', least: 10, ratio: 2, mutual: true },
  { signal: 'net.tcp.close_wait', direction: 'up', family: 'established', least: 10, ratio: 3, mutual: true },
  { signal: 'net.tcp.syn_recv', direction: 'up', family: 'syn-recv', least: 16, ratio: 4 },
  { signal: 'net.tcp.retransmits', direction: 'up', family: 'retransmits', least: 1, ratio: 3, mutual: true },
  { signal: 'net.tcp.timeouts', direction: 'up', family: 'retransmits', least: 0.5, ratio: 3, mutual: true },
  { signal: 'net.tcp.syn_retransmits', direction: 'up', family: 'retransmits', least: 0.5, ratio: 3, mutual: true },
  { signal: 'net.tcp.receive_pruned', direction: 'up', family: 'drops', least: 0.1, ratio: 3 },
  { signal: 'net.tcp.receive_queue_drops', direction: 'up', family: 'drops', least: 0.1, ratio: 3 },
  { signal: 'net.tcp.backlog_drops', direction: 'up', family: 'drops', least: 0.1, ratio: 3 },
  { signal: 'net.interface.rx_drops', direction: 'up', family: 'drops', least: 0.5, ratio: 3 },
  { signal: 'net.interface.tx_drops', direction: 'up', family: 'drops', least: 0.5, ratio: 3 },
  { signal: 'net.qdisc.drops', direction: 'up', family: 'drops', least: 0.5, ratio: 3 },
  { signal: 'net.softnet.dropped', direction: 'up', family: 'drops', least: 0.5, ratio: 3 },
  { signal: 'net.conntrack.drop', direction: 'up', family: 'drops', least: 0.1, ratio: 3, direct: true },
  { signal: 'net.path.packet_loss', direction: 'up', family: 'drops', least: 0.5, ratio: 3 },
  { signal: 'net.tcp.attempt_fails', direction: 'up', family: 'failures', least: 0.5, ratio: 3, mutual: true },
  { signal: 'net.tcp.established_resets', direction: 'up', family: 'failures', least: 0.5, ratio: 3, mutual: true },
];

const known = new Map<string, Symptom>(symptoms.map((symptom) => [symptom.signal, symptom]));

/**
 * The symptom a signal may show; undefined when its movement hurts nobody.
 * @param quantile - `quantile` label of the series: the middle of a distribution hurts earlier than its tail
 */
export function symptomOf(signal: string, quantile?: string): Symptom | undefined {
  const symptom = known.get(signal);
  if (symptom === undefined || quantile === undefined) return symptom;
  const q = Number(quantile);
  if (!(q > 0 && q < 0.9)) return symptom;
  return { ...symptom, least: symptom.least / 3 };
}
