export interface Recurrence {
  /** Distance of successive occurrences, in the unit of the instants. */
  readonly period: number;
  /** Standard error of the period. */
  readonly error: number;
  /** Occurrences that were skipped between the first and the last. */
  readonly missed: number;
  /** Chance that as many occurrences at random would lie as regularly. */
  readonly p: number;
}

/** An occurrence may be missed, but a period seen mostly by its absences is none. */
const MOST_MISSED = 2;

/**
 * The period of recurring occurrences, or null where they are too few (under three) or too irregular for one.
 * @param instants - ascending
 * @param resolution - error of one instant: nothing is taken to be more regular than this
 * @remarks Gaps of occurrences at random are uniform on a simplex; p bounds the share of it on which all gaps are as close
 * to multiples of one period as seen, times the number of periods tried. The period is the least-squares slope of instant
 * over index.
 */
export function recurrence(instants: ArrayLike<number>, resolution: number): Recurrence | null {
  const count = instants.length;
  if (count < 3) return null;
  const gaps = Array.from({ length: count - 1 }, (_, i) => instants[i + 1]! - instants[i]!);
  if (!gaps.every((gap) => gap > 0)) return null;
  let best: Recurrence | null = null;
  const candidates = [...new Set(gaps.flatMap((gap) => [gap, gap / 2]))];
  for (const candidate of candidates) {
    const steps = gaps.map((gap) => Math.max(1, Math.round(gap / candidate)));
    const missed = steps.reduce((sum, step) => sum + step - 1, 0);
    if (missed > 0 && missed * MOST_MISSED > count - 1) continue;
    const found = judged(instants, gaps, steps, missed, resolution, candidates.length);
    if (found !== null && (best === null || found.p < best.p)) best = found;
  }
  return best;
}

function judged(
  instants: ArrayLike<number>,
  gaps: readonly number[],
  steps: readonly number[],
  missed: number,
  resolution: number,
  tried: number,
): Recurrence | null {
  const index = [0];
  for (const step of steps) index.push(index.at(-1)! + step);
  const { slope: period, error } = line(index, instants, resolution);
  if (!(period > 0)) return null;
  let off = 0;
  gaps.forEach((gap, i) => (off = Math.max(off, Math.abs(gap / period - steps[i]!))));
  const slack = Math.max(off, resolution / period);
  if (slack >= 0.5) return null;
  const m = gaps.length;
  let p = missed > 0 ? tried : 1;
  if (missed > 0) p *= (2 * slack) ** (m - 1);
  else for (let k = 1; k < m; k++) p *= (k * 2 * slack) / m;
  return { period, error, missed, p: Math.min(1, p) };
}

function line(index: readonly number[], instants: ArrayLike<number>, resolution: number) {
  const n = index.length;
  const origin = instants[0]!;
  const middle = index.reduce((a, b) => a + b, 0) / n;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (instants[i]! - origin) / n;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    xx += (index[i]! - middle) ** 2;
    xy += (index[i]! - middle) * (instants[i]! - origin - mean);
  }
  const slope = xy / xx;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += (instants[i]! - origin - mean - slope * (index[i]! - middle)) ** 2;
  // an instant known to ± resolution has a variance of resolution²/3
  const variance = Math.max(rest / Math.max(1, n - 2), (resolution * resolution) / 3);
  return { slope, error: Math.sqrt(variance / xx) };
}
