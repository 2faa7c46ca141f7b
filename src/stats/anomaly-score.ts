import { calendarProfile } from './calendar-profile.js';
import { median, quantileOfSorted } from './quantile.js';
import { scaleAroundZero } from './robust-scale.js';

/** Below this many samples no tail can be learnt. */
const FEWEST = 40;
/** Windows over which levels and jumps are judged: 1, 4, 16 … samples, up to a twentieth of the series. */
const RATIO = 4;
const LONGEST = 1 / 20;
/** Up to ten events of a series may be odd; what happens more often is its habit. */
const ODD = 10;
/** Numbers of blocks whose maxima show the tail; three, so that where blocks begin does not matter. */
const BLOCKS = [64, 100, 160];
/** Between an exponential (1) and a power law (0): maxima of deviations raised to this have exponential tails. */
const POWER = 0.5;
/** Samples of one event are closer than this share of the series. */
const APART = 0.02;
/** An event ends where the score falls below this. */
const TRACE = 0.1;

/**
 * How odd each sample is, from 0 to 1, looking at the whole series: 1/(1 + E), where E is how many events at least as
 * large one would expect in this very series by its own tail. 0.5 therefore means "one such is expected", for every series
 * alike, however noisy, spiky or heavy-tailed.
 * @param time - ms, increasing; used for habits of the day and the week only
 * @param values - NaN = missing: scored 0, bridged by the last value
 * @returns one score per sample; all 0 below forty samples
 * @remarks The habit of the day or week is taken out; levels over several windows and jumps between neighbouring windows
 * are standardised robustly; tails are fitted to block maxima (Gumbel; between median and the tenth largest), after a
 * square root that covers stretched exponential tails. A sample has the smallest E of all windows.
 */
export function anomalyScores(time: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const scores = new Float64Array(n);
  if (n < FEWEST) return scores;
  const residual = standardised(time, values);
  if (residual === null) return scores;
  const least = new Float64Array(n).fill(Infinity);
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + residual[i]!;
  for (let width = 1; width === 1 || width <= n * LONGEST; width *= RATIO) {
    lower(least, levels(sums, width));
    if (width > 1) lower(least, jumps(sums, width));
  }
  for (let i = 0; i < n; i++) if (Number.isFinite(values[i]!)) scores[i] = 1 / (1 + Math.exp(least[i]!));
  return scores;
}

/**
 * One alarm per event: the score of the event's worst sample, at the sample where the event first deserves an alarm
 * (score of one half, or its worst if less); 0 elsewhere. Windows look back, so no alarm comes before its reason.
 */
export function anomalyAlarms(time: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const scores = anomalyScores(time, values);
  const n = scores.length;
  const alarms = new Float64Array(n);
  const gap = Math.floor(n * APART);
  for (let i = 0; i < n;) {
    if (!(scores[i]! > TRACE)) {
      i++;
      continue;
    }
    let worst = i;
    let last = i;
    for (let j = i + 1; j < n && j - last <= gap; j++) {
      if (!(scores[j]! > TRACE)) continue;
      last = j;
      if (scores[j]! > scores[worst]!) worst = j;
    }
    let at = i;
    while (scores[at]! < Math.min(0.5, scores[worst]!)) at++;
    alarms[at] = scores[worst]!;
    i = last + gap + 1;
  }
  return alarms;
}

/** Values without habit, centred and in robust standard deviations; null for a series that never varies. */
function standardised(time: ArrayLike<number>, values: ArrayLike<number>): Float64Array | null {
  const centre = median(values);
  if (Number.isNaN(centre)) return null;
  let last = 0;
  const filled = Float64Array.from(values, (v) => (last = Number.isFinite(v) ? v - centre : last));
  const scale = scaleAroundZero(filled);
  if (!(scale > 0)) return null;
  const level = filled.map((v) => v / scale);
  return calendarProfile(time, level)?.residual ?? level;
}

/** Mean of the window that ends at each sample, in robust deviations; 0 where the window does not fit. */
function levels(sums: Float64Array, width: number): Float64Array {
  const n = sums.length - 1;
  const mean = new Float64Array(n - width + 1);
  for (let i = 0; i < mean.length; i++) mean[i] = (sums[i + width]! - sums[i]!) / width;
  const centre = median(mean);
  const out = new Float64Array(n);
  for (let i = 0; i < mean.length; i++) out[i + width - 1] = mean[i]! - centre;
  return stretched(out);
}

/** Mean of the window that ends at each sample less that of the window before it; 0 where one does not fit. */
function jumps(sums: Float64Array, width: number): Float64Array {
  const n = sums.length - 1;
  const step = new Float64Array(n);
  for (let i = width; i + width < n; i++)
    step[i + width] = (sums[i + width + 1]! - 2 * sums[i + 1]! + sums[i + 1 - width]!) / width;
  return stretched(step);
}

function stretched(deviation: Float64Array): Float64Array {
  const scale = scaleAroundZero(deviation);
  return scale > 0 ? deviation.map((v) => Math.abs(v / scale) ** POWER) : deviation.fill(0);
}

/** Lowers `least` to ln E of each size, averaged over the block lengths. */
function lower(least: Float64Array, size: Float64Array): void {
  const n = size.length;
  let rate = 0;
  let offset = 0;
  for (const blocks of BLOCKS) {
    const maxima = blockMaxima(size, Math.max(1, Math.floor(n / blocks)));
    const middle = quantileOfSorted(maxima, 0.5);
    const share = Math.max(0.5, 1 - ODD / Math.min(blocks, maxima.length));
    const high = quantileOfSorted(maxima, share);
    // maxima that hardly differ (quantised, constant) must not make the next larger one a miracle
    const spread = Math.max(high - middle, 0.02 * Math.abs(high), 1e-9);
    const lambda = Math.max(Math.log(0.5 / (1 - share)), Math.LN2 / 2) / spread;
    rate += lambda / BLOCKS.length;
    offset += (Math.log(ODD) + lambda * high) / BLOCKS.length;
  }
  for (let i = 0; i < n; i++) least[i] = Math.min(least[i]!, offset - rate * size[i]!);
}

function blockMaxima(size: Float64Array, length: number): Float64Array {
  const out = new Float64Array(Math.floor(size.length / length));
  for (let b = 0; b < out.length; b++) {
    let top = -Infinity;
    for (let i = b * length; i < (b + 1) * length; i++) if (size[i]! > top) top = size[i]!;
    out[b] = top;
  }
  return out.sort();
}
