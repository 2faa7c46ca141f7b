import { findingId, sourcesOf } from '../stats/finding.js';
import type { Finding } from '../types/finding.js';
import type { Track } from '../types/track.js';
import type { Detector } from './detector.js';

/** A distance of samples counts as a gap from so many steps on. */
const STEPS = 3;

/** Stretches in which a series has no samples although its rhythm promises some. `peak` is the number missing. */
export const gap: Detector = {
  id: 'gap',
  pattern: 'gap',
  title: 'gap in the samples',
  reference: 'chance that so many samples in a row are missing, at the rate at which others are (beta-binomial law)',
  scaleFree: true,
  fewest: 6,
  detect: (track) => gaps(track),
};

function gaps(track: Track): Finding[] {
  const { time, value } = track.series;
  const { step } = track;
  if (!(step > 0)) return [];
  if (!interrupted(time, value, step)) return [];
  const present: number[] = [];
  for (let i = 0; i < time.length; i++) if (Number.isFinite(value[i]!)) present.push(i);
  if (present.length < 6) return [];
  const missing = present.map((i, k) =>
    k === 0 ? 0 : Math.max(0, Math.round((time[i]! - time[present[k - 1]!]!) / step) - 1),
  );
  const all = missing.reduce((a, b) => a + b, 0);
  const out: Finding[] = [];
  missing.forEach((count, k) => {
    if (count + 1 < STEPS) return;
    const p = Math.min(1, present.length * missingInARow(count, all - count, present.length));
    if (p > 0.01) return;
    out.push(gapFinding(track, present[k - 1]!, present[k]!, count, Math.max(p, 1e-300)));
  });
  return out;
}

/**
 * Chance that the next `count` samples are all missing, when `missing` others are and `present` are there: the rate is not
 * known but learnt (beta-binomial law, Jeffreys' prior).
 */
function missingInARow(count: number, missing: number, present: number): number {
  let p = 1;
  for (let i = 0; i < count; i++) p *= (missing + 0.5 + i) / (missing + present + 1 + i);
  return p;
}

/** Whether anything is missing at all: most series are whole, and need no more looking at. */
function interrupted(time: Float64Array, value: Float64Array, step: number): boolean {
  for (let i = 0; i < time.length; i++)
    if (!Number.isFinite(value[i]!) || (i > 0 && time[i]! - time[i - 1]! > (STEPS - 0.5) * step)) return true;
  return false;
}

function gapFinding(track: Track, before: number, after: number, count: number, p: number): Finding {
  const { series, step } = track;
  const from = series.time[before]!;
  const to = series.time[after]!;
  return {
    id: findingId('gap', series.key, from, to),
    pattern: 'gap',
    signal: series.signal,
    labels: series.labels,
    from,
    to,
    uncertainty: step,
    peak: count,
    baseline: 0,
    unit: 'count',
    strength: count,
    p,
    series: series.key,
    sources: sourcesOf(track, before, after),
  };
}
