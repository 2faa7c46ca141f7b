import type { Case } from '../types/case.js';
import type { Series } from '../types/series.js';

/** Share of the longest span that a source must cover to be preferred for its finer step. */
const COVERING = 0.7;

const cache = new WeakMap<readonly Series[], Series[]>();

/**
 * One series per (signal, entity): of several sources the one with the finest resolution (step, or smoothing window where
 * that is longer) among those that cover most of the time; raw before ready-made rates, then the one with more samples.
 * In the order of the case. Sources that were not chosen stay in `Case.series`.
 */
export function preferred(of: Pick<Case, 'series'>): Series[] {
  const known = cache.get(of.series);
  if (known !== undefined) return known;
  const groups = new Map<string, Series[]>();
  for (const series of of.series) {
    const group = groups.get(series.key);
    if (group === undefined) groups.set(series.key, [series]);
    else group.push(series);
  }
  const chosen = Array.from(groups.values(), best);
  cache.set(of.series, chosen);
  return chosen;
}

function best(group: readonly Series[]): Series {
  if (group.length === 1) return group[0]!;
  const longest = Math.max(...group.map(spanOf));
  const covering = group.filter((series) => spanOf(series) >= COVERING * longest && series.time.length > 0);
  return covering.reduce((a, b) => (better(b, a) ? b : a), covering[0] ?? group[0]!);
}

function better(a: Series, b: Series): boolean {
  if (a.time.length > 1 !== b.time.length > 1) return a.time.length > 1;
  const resolution = resolutionOf(a) - resolutionOf(b);
  if (resolution !== 0) return resolution < 0;
  if ((a.kind === 'rate') !== (b.kind === 'rate')) return b.kind === 'rate';
  return a.time.length > b.time.length;
}

function resolutionOf(series: Series): number {
  return Math.max(series.step, series.window ?? 0);
}

function spanOf(series: Series): number {
  return series.time.length < 2 ? 0 : series.time.at(-1)! - series.time[0]!;
}
