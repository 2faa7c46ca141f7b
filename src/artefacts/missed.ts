import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import { artefactOf, byTarget, signalsOf, together, type Mark } from './target.js';

/** A distance of samples is a hole from so many steps on. */
const STEPS = 3;
const SIGNALS = 3;
const SHARE = 0.6;
/** Shorter series have no rhythm. */
const FEWEST = 6;

/** Stretches in which most series of one target have no samples: its scrapes failed, or nothing was recorded. */
export function missedScrapes(series: readonly Series[]): Artefact[] {
  const out: Artefact[] = [];
  for (const [target, own] of byTarget(series)) {
    const rhythmic = own.filter(({ time, step }) => time.length >= FEWEST && step > 0);
    for (const cluster of together(rhythmic.flatMap(holes))) {
      const hit = new Set(cluster.map((mark) => mark.series));
      if (signalsOf([...hit]).length < SIGNALS || hit.size < SHARE * rhythmic.length) continue;
      out.push(artefactOf('missed', target, cluster, rhythmic.length, { setAside: 0 }));
    }
  }
  return out;
}

/** Distances of samples far beyond the step. */
export function holes(series: Series): Mark[] {
  const { time, step } = series;
  const out: Mark[] = [];
  for (let after = 1; after < time.length; after++)
    if (time[after]! - time[after - 1]! >= (STEPS - 0.5) * step)
      out.push({ series, before: after - 1, after, from: time[after - 1]!, to: time[after]! });
  return out;
}
