import { resets } from '../series/rate.js';
import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import { artefactOf, byTarget, signalsOf, together, type Mark } from './target.js';

/** So many unrelated signals must begin anew at once. */
const SIGNALS = 3;
const SHARE = 0.5;

/**
 * Collectors that began to count anew: unrelated counters of one target fall at the same sample. Where only those of one
 * pod fall and others go on, the pod was restarted, which is no matter of measuring.
 */
export function restarts(series: readonly Series[]): Artefact[] {
  const out: Artefact[] = [];
  for (const [target, own] of byTarget(series)) {
    for (const cluster of together(own.flatMap(falls))) {
      const fallen = new Set(cluster.map((mark) => mark.series));
      if (signalsOf([...fallen]).length < SIGNALS) continue;
      const could = own.filter((one) => fallen.has(one) || counting(one, cluster[0]!.to));
      const pods = new Set([...fallen].map(({ labels }) => labels['pod']));
      const onePod = pods.size === 1 && !pods.has(undefined);
      if (fallen.size < SHARE * could.length && (onePod || pods.size < 2)) continue;
      out.push(artefactOf('restart', target, cluster, could.length, { setAside: fallen.size }));
    }
  }
  return out;
}

function falls(series: Series): Mark[] {
  return resets(series).map((after) => {
    const before = Math.max(0, after - 1);
    return { series, before, after, from: series.time[before]!, to: series.time[after]! };
  });
}

/** Whether a counter stands above zero at an instant, so that a restart would show. */
function counting({ kind, time, value }: Series, at: number): boolean {
  if (kind !== 'counter' || time.length < 2 || at < time[0]! || at > time.at(-1)!) return false;
  const next = time.findIndex((t) => t >= at);
  return value[Math.max(0, next - 1)]! > 0;
}
