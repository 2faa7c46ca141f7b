import { symptomOf } from '../incidents/symptoms.js';
import { signalOf } from '../signals/all.js';
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
 * @returns findings with `q` (Benjamini–Hochberg over every series and detector of the dump, within three families) of at most 5 %
 */
export function detectAll(tracks: readonly Track[], use: readonly Detector[] = detectors): Finding[] {
  const found: Finding[] = [];
  for (const track of tracks) for (const detector of use) found.push(...detector.detect(track));
  return controlled(found, tracks, use)
    .filter((finding) => (finding.q ?? 1) <= FALSE_DISCOVERIES)
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * Findings with their q-values. Symptoms, other known signals and unknown ones are three families: a dump with thousands
 * of series nobody asked for must not drown the complaint.
 * @remarks stratified false discovery rate: Sun, Craiu, Paterson & Bull 2006, Genetic Epidemiology 30:519
 */
function controlled(found: readonly Finding[], tracks: readonly Track[], use: readonly Detector[]): Finding[] {
  const tests = new Map<string, number>();
  for (const { series, value } of tracks) {
    const family = familyOf(series.signal);
    const made = use.filter(({ fewest }) => value.length >= fewest).length;
    tests.set(family, (tests.get(family) ?? 0) + made);
  }
  const out: Finding[] = [];
  for (const [family, count] of tests) {
    const own = found.filter((finding) => familyOf(finding.signal) === family);
    const q = qValues(
      own.map((finding) => finding.p),
      count,
    );
    own.forEach((finding, i) => out.push({ ...finding, q: q[i]! }));
  }
  return out;
}

function familyOf(signal: string): string {
  if (symptomOf(signal) !== undefined) return 'symptom';
  return signalOf(signal) === undefined ? 'unknown' : 'known';
}
