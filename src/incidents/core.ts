import type { Finding } from '../types/finding.js';
import type { Milliseconds } from '../types/units.js';
import type { Hurt } from './hurt.js';

/** Share of the greatest density of harm below which a moment no longer belongs to the episode. */
export const EDGE = 0.25;

/**
 * The episode within a cluster of symptoms. Small stutters before and after a grave episode may chain to it; the
 * episode is where the density of harm stays above a quarter of its greatest: each witness counts by the size of its
 * change as a share of the largest that the same symptom shows of anybody in the cluster (width at a fraction of the
 * maximum, as for spectral lines): the slight stutter of one who was never worse off is no grave harm.
 * @param witness - what says the same thing twice: family of signals on one entity
 * @param sharpness - 0 to 1: symptoms spread over time by their sampling or smoothing draw the course less
 * @param pause - gaps up to this long do not end the episode, ms
 */
export function coreOf(
  cluster: readonly Hurt[],
  witness: (hurt: Hurt) => string,
  sharpness: (hurt: Hurt) => number,
  pause: Milliseconds,
): readonly Hurt[] {
  const largest = largestOf(cluster);
  const share = (hurt: Hurt): number => {
    const most = largest.get(kindOf(hurt.finding)) ?? 0;
    return most > 0 ? (sharpness(hurt) * sizeOf(hurt.finding)) / most : 0;
  };
  const pieces = piecesOf(cluster).map((piece) => ({
    ...piece,
    density: densityAt((piece.from + piece.to) / 2, cluster, share, witness),
  }));
  const peak = pieces.reduce((best, piece, i) => (piece.density > pieces[best]!.density ? i : best), 0);
  const span = spread(pieces, peak, pause);
  return cluster.filter(({ finding }) => belongs(finding, span));
}

/** The cluster cut at every begin and end; an instant is a piece of no length. */
function piecesOf(cluster: readonly Hurt[]): readonly Span[] {
  const edges = [...new Set(cluster.flatMap(({ finding }) => [finding.from, finding.to]))].sort((a, b) => a - b);
  return edges.flatMap((at, i) =>
    i + 1 < edges.length
      ? [
          { from: at, to: at },
          { from: at, to: edges[i + 1]! },
        ]
      : [{ from: at, to: at }],
  );
}

/** The largest change of each symptom, whoever shows it. */
export function largestOf(cluster: readonly Hurt[]): ReadonlyMap<string, number> {
  const largest = new Map<string, number>();
  for (const { finding } of cluster)
    largest.set(kindOf(finding), Math.max(largest.get(kindOf(finding)) ?? 0, sizeOf(finding)));
  return largest;
}

/** What a symptom measures: sizes of one kind compare between entities. */
export function kindOf({ signal, labels }: Pick<Finding, 'signal' | 'labels'>): string {
  return `${signal} ${labels['quantile'] ?? ''}`;
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

interface Piece extends Span {
  readonly density: number;
}

/** From the peak outwards, over every piece above the bar that follows the last one within the pause. */
function spread(pieces: readonly Piece[], peak: number, pause: Milliseconds): Span {
  const middle = pieces[peak]!;
  const bar = EDGE * middle.density;
  let { from, to } = middle;
  for (let i = peak; i >= 0 && from - pieces[i]!.to <= pause; i--)
    if (pieces[i]!.density >= bar) from = pieces[i]!.from;
  for (let i = peak; i < pieces.length && pieces[i]!.from - to <= pause; i++)
    if (pieces[i]!.density >= bar) to = pieces[i]!.to;
  return { from, to };
}

/** A symptom that lies mostly outside the episode says little of its edges; one known to a step may have been within. */
function belongs({ from, to, uncertainty }: Finding, span: Span): boolean {
  const overlap = Math.min(to, span.to) - Math.max(from, span.from);
  return overlap * 2 >= to - from || (to - from <= 2 * uncertainty && overlap >= -uncertainty);
}
