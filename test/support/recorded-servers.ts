import type { Setup, Trouble } from './queue.js';

/** Second from which, and before which, the recorded servers were stopped. */
export const STOPPED = { from: 25, to: 37 };
const off = (t: number): boolean => t >= STOPPED.from && t < STOPPED.to;

export interface Recorded {
  readonly file: string;
  readonly setup: Setup;
  readonly trouble: Trouble;
}

const pool: Setup = {
  clients: 80,
  rate: 10,
  churn: 0.0058,
  pooled: true,
  backlog: 511,
  capacity: 20_000,
  requestBytes: 500,
  replyBytes: 300,
};
const stop: Trouble = { work: (t) => (off(t) ? 0 : 1) };

/** The three recorded servers, as models. */
export const recordedServers = {
  keepAlive: { file: 'stall_keepalive_poolgrowth.csv', setup: pool, trouble: stop },
  churn: {
    file: 'stall_closedloop_highchurn.csv',
    setup: { ...pool, clients: 78, rate: 60, churn: 0.1, pooled: false, backlog: 64 },
    trouble: stop,
  },
  throttle: {
    file: 'throttle_keepalive.csv',
    setup: pool,
    trouble: { work: (t: number) => (off(t) ? (Math.round(t * 10) % 10 === 5 ? 0.035 : 0) : 1) },
  },
} as const satisfies Record<string, Recorded>;
