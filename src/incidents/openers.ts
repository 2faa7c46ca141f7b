import type { Labels } from '../types/series.js';
import type { Track } from '../types/track.js';

/** Name of the pod that labels speak of, if of one. */
type PodOf = (labels: Labels) => string | undefined;

/** A connection stays in TIME_WAIT for so many seconds, on the side that closed it. */
const TIME_WAIT = 60;
/** Connections a second from which on a pod lives by opening them, and how many it opens for one that it accepts. */
const OPENS = 20;
const RATIO = 10;

/**
 * Pods that live by opening connections and hardly accept any: clients and proxies. What is slow at those they call piles
 * up on them as well. Connections in TIME_WAIT beyond those that were accepted were opened, so that either counter tells.
 * @returns names; pods whose accepted connections are not known are not among them
 */
export function openersOf(tracks: readonly Track[], podOf: PodOf): ReadonlySet<string> {
  const accepted = usual(tracks, 'net.tcp.passive_opens', podOf);
  const opened = usual(tracks, 'net.tcp.active_opens', podOf);
  const waiting = usual(tracks, 'net.tcp.time_wait', podOf);
  const names = [...accepted].filter(([pod, rate]) => {
    const opens = Math.max(opened.get(pod) ?? 0, (waiting.get(pod) ?? 0) / TIME_WAIT);
    return opens >= OPENS && opens >= RATIO * rate;
  });
  return new Set(names.map(([pod]) => pod));
}

/** Mean of a signal over the whole recording, by pod; of several series the highest. */
function usual(tracks: readonly Track[], signal: string, podOf: PodOf): ReadonlyMap<string, number> {
  const means = new Map<string, number>();
  for (const { series, value } of tracks) {
    const pod = series.signal === signal ? podOf(series.labels) : undefined;
    const known = value.filter((v) => !Number.isNaN(v));
    if (pod === undefined || known.length === 0) continue;
    const mean = known.reduce((sum, v) => sum + v, 0) / known.length;
    means.set(pod, Math.max(means.get(pod) ?? 0, mean));
  }
  return means;
}
