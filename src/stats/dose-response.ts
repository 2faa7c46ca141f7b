import { kendall, leastP } from './kendall.js';

/** Whether harm grows with load. */
export interface DoseResponse {
  /** `refused` where no order of these values could be significant: then their silence says nothing either. */
  readonly verdict: 'related' | 'not-shown' | 'refused';
  readonly reason?: 'too-few' | 'no-variation';
  /** Kendall's τ-b; NaN without variation. */
  readonly tau: number;
  /** Two-sided; exact for up to 8 pairs. */
  readonly p: number;
  readonly n: number;
  /** Smallest p that values with these ties can reach. */
  readonly least: number;
}

/**
 * Whether an effect goes with a dose over a few pods, or the honest refusal to say so.
 * @param dose - e.g. requests per second of each pod before the incident
 * @param effect - e.g. its seconds of latency in it; pairs with a missing value are left out
 * @param alpha - error of the first kind (default 0.05): with four pods nothing reaches it
 * @example doseResponse([10, 20, 40, 80, 160], [0, 1, 2, 5, 9]).verdict // 'related'
 */
export function doseResponse(dose: readonly number[], effect: readonly number[], alpha = 0.05): DoseResponse {
  const kept = dose.map((v, i) => [v, effect[i] ?? NaN] as const).filter(([a, b]) => Number.isFinite(a + b));
  const x = kept.map(([a]) => a);
  const y = kept.map(([, b]) => b);
  const found = kendall(x, y);
  const n = kept.length;
  if (found === null)
    return { verdict: 'refused', reason: n < 4 ? 'too-few' : 'no-variation', tau: NaN, p: 1, n, least: 1 };
  const least = leastP(x, y);
  const { tau, p } = found;
  if (least > alpha) return { verdict: 'refused', reason: 'too-few', tau, p, n, least };
  return { verdict: p <= alpha ? 'related' : 'not-shown', tau, p, n, least };
}
