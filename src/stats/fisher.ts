/** log n!, by summing; n up to a few thousand. */
function logFactorials(n: number): Float64Array {
  const out = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) out[i] = out[i - 1]! + Math.log(i);
  return out;
}

/**
 * Fisher's exact test that the first row prefers the first column, one-sided.
 *
 * |           | with label | without |
 * | affected  |     a      |    b    |
 * | spared    |     c      |    d    |
 * @returns chance of a split at least this uneven among all tables with the same margins
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const n = a + b + c + d;
  const log = logFactorials(n);
  const row = a + b;
  const column = a + c;
  const base = log[row]! + log[n - row]! + log[column]! + log[n - column]! - log[n]!;
  let p = 0;
  for (let x = a; x <= Math.min(row, column); x++) {
    const rest = n - row - column + x;
    if (rest < 0) continue;
    p += Math.exp(base - log[x]! - log[row - x]! - log[column - x]! - log[rest]!);
  }
  return Math.min(1, p);
}
