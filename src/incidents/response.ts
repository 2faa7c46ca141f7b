/**
 * How far the mean of normal scores moves when every ordinary sample moves by the same amount. Asked of the samples
 * themselves, not of their centre: a series that mostly rests scores its pile below zero, so that its centre says nothing
 * of what a shift does. A quantised series moves by whole steps: between two of them, some of its samples have moved on.
 * @param score - standard score of a value, never falling with it
 * @param sorted - ordinary values, ascending, not empty
 * @param quantum - step of the values; 0 = continuous
 */
export function responseOf(
  score: (value: number) => number,
  sorted: Float64Array,
  quantum: number,
): (shift: number) => number {
  const k = Math.min(QUANTILES, sorted.length);
  const values = Float64Array.from({ length: k }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / k)]!);
  const mean = (shift: number): number => values.reduce((sum, v) => sum + score(v + shift), 0) / k;
  const usual = mean(0);
  const known = new Map<number, number>();
  const moved = (steps: number): number => {
    const before = known.get(steps);
    if (before !== undefined) return before;
    const gain = mean(steps * quantum) - usual;
    known.set(steps, gain);
    return gain;
  };
  return (shift) => {
    if (quantum === 0 || Math.abs(shift) > FAR * quantum) return mean(shift) - usual;
    const whole = Math.floor(shift / quantum);
    const rest = shift / quantum - whole;
    return (1 - rest) * moved(whole) + rest * moved(whole + 1);
  };
}

/** Quantiles that stand for the ordinary samples. */
const QUANTILES = 16;
/** Beyond so many steps, steps are fine enough to be left out of account. */
const FAR = 64;

/** The smallest shift, of the sign of `wanted`, whose response reaches it, by bisection; infinite where none does. */
export function shiftOf(response: (shift: number) => number, wanted: number, scale: number): number {
  const sign = Math.sign(wanted) || 1;
  const short = (size: number): boolean => Math.abs(response(sign * size)) < Math.abs(wanted);
  let far = scale;
  let tries = 0;
  while (short(far) && tries++ < 200) far *= 2;
  if (tries >= 200) return Infinity;
  let near = 0;
  for (let i = 0; i < 50; i++) {
    const mid = (near + far) / 2;
    if (short(mid)) near = mid;
    else far = mid;
  }
  return far;
}
