import { countLaw, poissonLower, poissonUpper } from '../stats/count-law.js';
import { studentised } from '../stats/normal.js';
import { eventsAt, freshShare, secondsAt } from '../stats/samples.js';
import type { Track } from '../types/track.js';
import { countLimits, firm, stretchOf, stretched } from './limits.js';
import type { ObserveOptions, Split, View } from './views.js';

/** What a counted quantity did in a window: exact tests of the events in it, dispersion and error of the rate allowed for. */
export function countView(track: Track, parts: Split, lasting: number, options: ObserveOptions): Omit<View, 'ceiling'> {
  const fresh = freshShare(track);
  const law = countLaw(
    parts.outside.map((i) => eventsAt(track, i)),
    parts.outside.map((i) => secondsAt(track, i)),
    fresh,
  );
  const events = fresh * parts.inside.reduce((s, i) => s + eventsAt(track, i), 0);
  const exposure = fresh * parts.inside.reduce((s, i) => s + secondsAt(track, i), 0);
  const mean = law.rate * exposure;
  // uncertainty of the learnt rate widens the scatter of the prediction
  const phi = law.dispersion * (1 + exposure / Math.max(law.seconds, 1e-9));
  const careful = mean + (0.5 * law.dispersion * exposure) / law.seconds;
  const length = Math.min(exposure, lasting / 1000);
  const alpha = options.alpha ?? 0.05;
  const beta = 1 - (options.power ?? 0.95);
  const peak = Math.max(...parts.inside.map((i) => track.value[i]!));
  const wide = phi * studentised(alpha, parts.outside.length - 1) ** 2;
  const mde = options.direction === 'down' ? fewest(mean, wide, alpha, beta) : most(careful, mean, wide, alpha, beta);
  const excess = parts.inside.map((i) => track.value[i]! - law.rate);
  const between = stretchOf(track, excess, lasting, alpha);
  return {
    change: (events - mean) / length,
    mde: mde === null ? null : mde / length,
    baseline: law.rate,
    peak,
    up: poissonUpper(events / phi, careful / phi),
    down: poissonLower(events / phi, mean / phi),
    bounds: stretched(
      countLimits({ events, mean, dispersion: wide }, firm(alpha, parts.inside.length)),
      between,
      1 / length,
    ),
    certain: between.least,
    limits: () => [-missing(events, careful, wide, alpha) / length, extra(events, mean, wide, alpha) / length],
  };
}

/** Extra events that would be found with the wanted power. */
function most(careful: number, mean: number, phi: number, alpha: number, beta: number): number {
  let critical = Math.floor(careful) + 1;
  while (poissonUpper(critical / phi, careful / phi) >= alpha) critical += Math.max(1, Math.floor(critical / 64));
  let low = 0;
  let high = critical + 10 * phi + 10 * Math.sqrt(phi * (critical + 1));
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonUpper(critical / phi, (mean + mid) / phi) < 1 - beta) low = mid;
    else high = mid;
  }
  return high;
}

/** Missing events that would be found with the wanted power; null when even none at all would not be. */
function fewest(mean: number, phi: number, alpha: number, beta: number): number | null {
  if (poissonLower(0, mean / phi) >= alpha) return null;
  let low = 0;
  let high = mean;
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonLower(mid / phi, mean / phi) < alpha) low = mid;
    else high = mid;
  }
  const critical = low;
  let least = 0;
  let lost = mean;
  for (let i = 0; i < 60; i++) {
    const mid = (least + lost) / 2;
    if (poissonLower(critical / phi, (mean - mid) / phi) < 1 - beta) least = mid;
    else lost = mid;
  }
  return lost;
}

/** Most extra events with which so few as were seen are no rarer than `alpha` (Garwood 1936, Biometrika 28:437). */
function extra(events: number, mean: number, phi: number, alpha: number): number {
  let low = -mean;
  let high = Math.max(1, events) + 10 * phi + 10 * Math.sqrt(phi * (events + 1));
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonLower(events / phi, (mean + mid) / phi) > alpha) low = mid;
    else high = mid;
  }
  return high;
}

/** Most missing events with which so many as were seen are no rarer than `alpha`; negative where events were added. */
function missing(events: number, mean: number, phi: number, alpha: number): number {
  let low = mean - events - 10 * phi - 10 * Math.sqrt(phi * (events + 1));
  let high = mean;
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    if (poissonUpper(events / phi, Math.max(0, mean - mid) / phi) > alpha) low = mid;
    else high = mid;
  }
  return low;
}
