/**
 * Benjamini–Hochberg q-values.
 * @param p - p-values of the discoveries at hand
 * @param tests - number of tests made, also those that found nothing (their p counts as 1)
 * @returns q in the order of `p`
 * @remarks Benjamini & Hochberg 1995, JRSS B 57:289
 */
export function qValues(p: readonly number[], tests = p.length): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
  const q = new Array<number>(p.length);
  let least = 1;
  order.forEach((i, k) => {
    least = Math.min(least, (p[i]! * Math.max(tests, p.length)) / (p.length - k));
    q[i] = least;
  });
  return q;
}
