import type { Track } from '../types/track.js';
import type { Lobe } from '../types/finding.js';
import { upperTail } from './normal.js';
import { sumVariance, type Run } from './scan.js';
import { scoreTrack, type Scored } from './scoring.js';

/** Ordered lobes of one compensating pattern, as runs of the scored samples. */
export interface Compensation {
  readonly kind: 'rise-then-plunge' | 'dip-then-rebound';
  readonly runs: readonly (Run & { readonly direction: 1 | -1 })[];
  /** The least certain lobe decides. */
  readonly p: number;
}

/** Each lobe must be this certain by itself. */
const LOBE = 1e-3;
/** A plunge takes away at least this share of the ordinary level. */
const PLUNGE = 0.4;
/** A rebound exceeds the ordinary level by at least this share. */
const REBOUND = 0.2;

/**
 * Compensating patterns of a track: a rise followed at once by a fall below the ordinary level (and often a rebound), or
 * a fall followed at once by a rise above it. Lobes are tested one by one and in order; no conserved total is asked for,
 * because queues that overflow lose what they cannot hold.
 * @remarks the intersection–union test (Berger 1982, Technometrics 24:295): the pattern is as certain as its least
 *   certain lobe
 */
export function compensations(track: Track): Compensation[] {
  const scored = scoreTrack(track);
  if (scored === null || (track.series.window ?? 0) > track.step) return [];
  const out: Compensation[] = [];
  let end = 0;
  for (const run of [...scored.up, ...scored.down].sort((a, b) => a.from - b.from)) {
    if (run.from < end || run.p > LOBE) continue;
    const found = scored.up.includes(run) ? plungeAfter(track, scored, run) : reboundAfter(track, scored, run);
    if (found === null) continue;
    out.push(found);
    end = found.runs.at(-1)!.to;
  }
  return out;
}

function plungeAfter(track: Track, scored: Scored, rise: Run): Compensation | null {
  const plunge = lobeAfter(scored, rise, -1);
  if (plunge === null || !(level(track, scored, plunge) <= (1 - PLUNGE) * scored.baseline)) return null;
  const rebound = lobeAfter(scored, plunge, 1);
  const runs = [
    { ...rise, direction: 1 as const },
    { ...plunge, direction: -1 as const },
    ...(rebound === null ? [] : [{ ...rebound, direction: 1 as const }]),
  ];
  return { kind: 'rise-then-plunge', runs, p: Math.max(rise.p, plunge.p) };
}

function reboundAfter(track: Track, scored: Scored, dip: Run): Compensation | null {
  if (!(level(track, scored, dip) <= (1 - PLUNGE) * scored.baseline)) return null;
  const rebound = lobeAfter(scored, dip, 1);
  if (rebound === null || !(level(track, scored, rebound) >= (1 + REBOUND) * scored.baseline)) return null;
  const runs = [
    { ...dip, direction: -1 as const },
    { ...rebound, direction: 1 as const },
  ];
  return { kind: 'dip-then-rebound', runs, p: Math.max(dip.p, rebound.p) };
}

/** Mean of a track over a run, in its unit. */
function level(track: Track, scored: Scored, run: Run): number {
  let sum = 0;
  for (let k = run.from; k < run.to; k++) sum += track.value[scored.index[k]!]!;
  return sum / (run.to - run.from);
}

/** The strongest run in a direction that begins right after another one: within two samples of its end. */
function lobeAfter(scored: Scored, previous: Run, direction: 1 | -1): Run | null {
  const reach = Math.min(scored.score.length, previous.to + 2 + Math.max(4, 3 * (previous.to - previous.from)));
  let best: Run | null = null;
  let places = 0;
  for (let from = previous.to; from < Math.min(reach, previous.to + 2); from++) {
    let sum = 0;
    for (let to = from + 1; to <= reach; to++) {
      sum += direction * scored.score[to - 1]!;
      places++;
      const width = to - from;
      const z = sum / Math.sqrt(sumVariance(width, scored.acf) + width * width * scored.centerError);
      if (best === null || z > best.score) best = { from, to, score: z, p: 1 };
    }
  }
  if (best === null || !(best.score > 0)) return null;
  const p = Math.min(1, places * upperTail(best.score));
  return p <= LOBE ? { ...best, p } : null;
}

/** A lobe in the terms of a finding. */
export function lobeOf(track: Track, scored: Scored, run: Run & { readonly direction: 1 | -1 }): Lobe {
  const first = scored.index[run.from]!;
  const last = scored.index[run.to - 1]!;
  let excess = 0;
  for (let k = run.from; k < run.to; k++) {
    const i = scored.index[k]!;
    const begin = track.from[i]! < track.time[i]! ? track.from[i]! : track.time[i]! - track.step;
    excess += ((track.value[i]! - scored.baseline) * (track.time[i]! - begin)) / 1000;
  }
  const from = track.from[first]! < track.time[first]! ? track.from[first]! : track.time[first]! - track.step;
  return { from, to: track.time[last]!, direction: run.direction > 0 ? 'up' : 'down', excess, p: run.p };
}
