import type { Lobe } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Milliseconds } from '../types/units.js';
import { lobeOf } from './lobes.js';
import type { Run } from './scan.js';
import { scoreTrack, type Scored } from './scoring.js';

/** What one series lost and another gained, or the other way round. */
export interface PairCompensation {
  readonly first: Lobe;
  readonly second: Lobe;
  /** How much later the second one began, ms (negative: earlier), and how far that may be off by the sampling. */
  readonly delay: Milliseconds;
  readonly delayError: Milliseconds;
  /** Share of the first one's excess that the second one makes up for; 1 when nothing is lost or added. */
  readonly balance: number;
  /** The less certain of the two decides. */
  readonly p: number;
}

/** Each lobe must be this certain by itself. */
const LOBE = 1e-3;

/**
 * Episodes of two series that compensate each other: one rises while, or right after, the other falls (a failover, a queue
 * that fills as the work done falls, a caller that moves to another replica).
 * @param first - any track; the units of both should be the same for `balance` to mean something
 * @param reach - how long after the end of one the other may begin, ms; default one step
 * @remarks intersection–union test as `compensation`; no conserved total is asked for, `balance` only tells it
 */
export function compensationPair(first: Track, second: Track, reach?: Milliseconds): PairCompensation[] {
  const [a, b] = [scoreTrack(first), scoreTrack(second)];
  if (a === null || b === null) return [];
  const gap = reach ?? Math.max(first.step, second.step);
  const out: PairCompensation[] = [];
  for (const sign of [1, -1] as const) {
    const others = certain(sign > 0 ? b.down : b.up).map((run) => lobe(second, b, run, sign > 0 ? -1 : 1));
    for (const run of certain(sign > 0 ? a.up : a.down)) {
      const one = lobe(first, a, run, sign);
      const near = others.filter((other) => other.from <= one.to + gap && one.from <= other.to + gap);
      if (near.length === 0) continue;
      const other = near.reduce((x, y) => (Math.abs(y.from - one.from) < Math.abs(x.from - one.from) ? y : x));
      out.push({
        first: one,
        second: other,
        delay: other.from - one.from,
        delayError: Math.max(first.step, second.step),
        balance: -other.excess / one.excess,
        p: Math.max(one.p, other.p),
      });
    }
  }
  return out.sort((x, y) => x.first.from - y.first.from);
}

const certain = (runs: readonly Run[]): Run[] => runs.filter(({ p }) => p <= LOBE);

function lobe(track: Track, scored: Scored, run: Run, direction: 1 | -1): Lobe {
  return lobeOf(track, scored, { ...run, direction });
}
