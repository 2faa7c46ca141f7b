import { qValues } from '../stats/fdr.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';
import * as patterns from './index.js';

/** All detectors, in the order of their ids. */
export const detectors: readonly Detector[] = Object.values(patterns).sort((a, b) => (a.id < b.id ? -1 : 1));

/** Largest share of false discoveries among the findings of a dump. */
export const FALSE_DISCOVERIES = 0.05;

/**
 * Findings of all detectors over all tracks, in time order.
 * @returns findings with `q` (Benjamini–Hochberg over every series and detector of the dump) of at most 5 %
 */
export function detectAll(tracks: readonly Track[], use: readonly Detector[] = detectors): Finding[] {
  const found: Finding[] = [];
  for (const track of tracks) for (const detector of use) found.push(...detector.detect(track));
  const q = qValues(
    found.map((finding) => finding.p),
    tracks.length * use.length,
  );
  return found
    .map((finding, i) => ({ ...finding, q: q[i]! }))
    .filter((finding) => finding.q <= FALSE_DISCOVERIES)
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
