import type { Finding } from '../types/finding.js';
import type { Milliseconds } from '../types/units.js';
import type { Hurt } from './hurt.js';

/** Share of the greatest density of harm below which a moment no longer belongs to the episode. */
export const EDGE = 0.25;

/**
 * The episode within a cluster of symptoms. Small stutters before and after a grave episode may chain to it; the
 * episode is where the density of harm stays above a quarter of its greatest: each witness counts by the size of its
 * change as a share of the largest it shows in the cluster (width at a fraction of the maximum, as for spectral lines).
 * @param witness - what says the same thing twice: family of signals on one entity
 * @param pause - gaps up to this long do not end the episode, ms
 */
export function coreOf(
  cluster: readonly Hurt[],
  witness: (hurt: Hurt) => string,
  pause: Milliseconds,
): readonly Hurt[] {
  const largest = new Map<string, number>();
  for (const hurt of cluster)
    largest.set(hurt.finding.series, Math.max(largest.get(hurt.finding.series) ?? 0, sizeOf(hurt.finding)));
  const share = (hurt: Hurt): number => {
    const most = largest.get(hurt.finding.series) ?? 0;
    return most > 0 ? sizeOf(hurt.finding) / most : 0;
  };
  const edges = [...new Set(cluster.flatMap(({ finding }) => [finding.from, finding.to]))].sort((a, b) => a - b);
  const densities = edges.map((at) => densityAt(at, cluster, share, witness));
  const peak = densities.reduce((best, density, i) => (density > densities[best]! ? i : best), 0);
  const bar = EDGE * densities[peak]!;
  const span = spread(edges, densities, peak, bar, pause);
  return cluster.filter(({ finding }) => belongs(finding, span));
}

function sizeOf({ peak, baseline }: Finding): number {
  return Math.abs(peak - baseline);
}

/** Sum over the witnesses of their largest share at one instant. */
function densityAt(
  at: Milliseconds,
  cluster: readonly Hurt[],
  share: (hurt: Hurt) => number,
  witness: (hurt: Hurt) => string,
): number {
  const best = new Map<string, number>();
  for (const hurt of cluster) {
    if (hurt.finding.from > at || hurt.finding.to < at) continue;
    best.set(witness(hurt), Math.max(best.get(witness(hurt)) ?? 0, share(hurt)));
  }
  return [...best.values()].reduce((sum, value) => sum + value, 0);
}

interface Span {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** From the peak outwards, over every instant above the bar that follows the last one within the pause. */
function spread(
  edges: readonly Milliseconds[],
  densities: readonly number[],
  peak: number,
  bar: number,
  pause: Milliseconds,
): Span {
  let from = edges[peak] ?? 0;
  let to = from;
  for (let i = peak; i >= 0 && from - edges[i]! <= pause; i--) if (densities[i]! >= bar) from = edges[i]!;
  for (let i = peak; i < edges.length && edges[i]! - to <= pause; i++) if (densities[i]! >= bar) to = edges[i]!;
  return { from, to };
}

/** A symptom that lies mostly outside the episode says little of its edges. */
function belongs({ from, to }: Finding, span: Span): boolean {
  const overlap = Math.min(to, span.to) - Math.max(from, span.from);
  return overlap * 2 >= to - from;
}
