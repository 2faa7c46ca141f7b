import type { Finding } from '../types/finding.js';
import type { Milliseconds } from '../types/units.js';

/** How long a queue should have taken to fill, and how long it took. */
export interface QueueDelay {
  /** Begin of the rise to begin of the plunge, ms, and how far it may be off by the sampling. */
  readonly measured: Milliseconds;
  readonly error: Milliseconds;
  /** (backlog + 1) / rate, ms, and its standard error where the rate was counted. */
  readonly expected: Milliseconds;
  readonly expectedError: Milliseconds;
  /** Arrivals per second it is computed with. */
  readonly rate: number;
  /** Whether both agree within two errors: the plunge is that of a queue of this length. */
  readonly agrees: boolean;
}

/**
 * The delay of a rise-then-plunge against queue arithmetic: nobody takes from the queue, so it is full after
 * (backlog + 1) / rate seconds, and what arrives from then on is refused.
 * @param finding - a `compensation` of direction `up`
 * @param backlog - what the queue holds (the smaller of the listener's backlog and somaxconn)
 * @param rate - arrivals per second during the rise; default: those counted in it
 * @returns null for another pattern, or where nothing arrived
 * @example queueDelay(finding, 511)?.agrees
 */
export function queueDelay(finding: Finding, backlog: number, rate?: number): QueueDelay | null {
  const [rise, plunge] = finding.lobes ?? [];
  if (rise?.direction !== 'up' || plunge?.direction !== 'down' || !(backlog >= 0)) return null;
  const seconds = (rise.to - rise.from) / 1000;
  const events = rise.excess + finding.baseline * seconds;
  const arrivals = rate ?? events / seconds;
  if (!(arrivals > 0) || !Number.isFinite(arrivals)) return null;
  const measured = plunge.from - rise.from;
  const expected = (1000 * (backlog + 1)) / arrivals;
  const expectedError = rate === undefined ? expected / Math.sqrt(Math.max(1, events)) : 0;
  // both ends of the rise lie somewhere within a step
  const error = 2 * finding.uncertainty;
  const agrees = Math.abs(measured - expected) <= error + 2 * expectedError;
  return { measured, error, expected, expectedError, rate: arrivals, agrees };
}
