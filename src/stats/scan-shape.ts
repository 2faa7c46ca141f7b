import type { Track } from '../types/track.js';
import { nearMemory, tailShape, type NullShape } from './null-shape.js';
import { eventsAt, pick, secondsAt, smoothingOf } from './samples.js';
import { countable, evenSample, worth, type Pass } from './track-law.js';

/** Which of three kinds a series is of: each has a response surface of its own. */
export type ScanKind = 'level' | 'rest' | 'count';

/** At least this share of ordinary samples on one value makes a series a resting one. */
const RESTING = 0.4;

/** How many of the first traits of each kind enter a response surface with their products. */
export const CROSSED: Readonly<Record<ScanKind, number>> = { level: 5, rest: 3, count: 4 };

/** The kind of a series and, for each direction, what its ordinary samples look like. */
export interface ScanShape {
  readonly kind: ScanKind;
  readonly up: NullShape;
  readonly down: NullShape;
}

/** What the ordinary samples of a pass look like, seen upwards and downwards. */
export function scanShape(track: Track, index: Int32Array, ordinary: Uint8Array, pass: Pass): ScanShape {
  const n = index.length;
  const value = pick(track.value, index);
  const kept = new Float64Array(n);
  let m = 0;
  for (let k = 0; k < n; k++) if (ordinary[k]) kept[m++] = value[k]!;
  const sorted = evenSample(kept, m).slice().sort();
  const [skew, tail] = tailShape(sorted);
  const seen = scoresOf(pass.score, ordinary, m);
  const counted = countable(track, index);
  const ties = tiesOf(sorted);
  const kind = counted ? 'count' : ties >= RESTING ? 'rest' : 'level';
  const [one, two] = nearMemory(pass.score, ordinary);
  const window = smoothingOf(track);
  const overlap = track.step > 0 && window > track.step ? Math.min(3, Math.log(window / track.step)) : 0;
  const memory = Math.log(m / worth(m, pass.acf));
  const few = counted ? fewness(track, index, ordinary) : [];
  const towards = (d: 1 | -1): NullShape => {
    const far = Math.max(-4, Math.min(4, (d > 0 ? seen.high : seen.low) - Math.sqrt(2 * Math.log(m))));
    const common = [two, memory, overlap, seen.spread - 1, d * seen.mean];
    if (kind === 'count') return { count: m, traits: [...few, far, one, pass.carried, ...common, d * skew] };
    if (kind === 'rest') return { count: m, traits: [ties - 0.7, far, one, ...common] };
    const root = Number.isNaN(eventsAt(track, index[n >> 1]!)) ? 0 : 1;
    return { count: m, traits: [d * skew, tail, far, one, ties, pass.carried, ...common, root] };
  };
  return { kind, up: towards(1), down: towards(-1) };
}

/** Mean, standard deviation and extremes of the ordinary scores. */
function scoresOf(
  score: Float64Array,
  ordinary: Uint8Array,
  m: number,
): { mean: number; spread: number; high: number; low: number } {
  let sum = 0;
  let squares = 0;
  let high = 0;
  let low = 0;
  for (let k = 0; k < score.length; k++) {
    if (!ordinary[k]) continue;
    const z = score[k]!;
    sum += z;
    squares += z * z;
    if (z > high) high = z;
    if (-z > low) low = -z;
  }
  const mean = sum / m;
  return { mean, spread: Math.min(3, Math.sqrt(Math.max(0, squares / m - mean * mean))), high, low };
}

/** Share of the samples that lie on the median itself. */
function tiesOf(sorted: Float64Array): number {
  const centre = sorted[sorted.length >> 1]!;
  let ties = 0;
  for (const v of sorted) if (v === centre) ties++;
  return ties / sorted.length;
}

/** Logarithms of variance over mean and of the mean of whole events in a sample. */
function fewness(track: Track, index: Int32Array, ordinary: Uint8Array): number[] {
  let events = 0;
  let seconds = 0;
  let m = 0;
  for (let k = 0; k < index.length; k++) {
    if (!ordinary[k]) continue;
    events += eventsAt(track, index[k]!);
    seconds += secondsAt(track, index[k]!);
    m++;
  }
  if (!(events > 0)) return [0, Math.log(0.05)];
  let squares = 0;
  for (let k = 0; k < index.length; k++) {
    if (!ordinary[k]) continue;
    const mean = (events / seconds) * secondsAt(track, index[k]!);
    squares += (eventsAt(track, index[k]!) - mean) ** 2;
  }
  const scatter = squares / Math.max(1, m - 1) / (events / m);
  return [Math.log(Math.min(30, Math.max(0.3, scatter))), Math.log(events / m + 0.05)];
}
