import { upperTail } from './normal.js';

export interface Kendall {
  readonly tau: number;
  /** Two-sided. */
  readonly p: number;
  readonly n: number;
}

const EXACT = 8;

/**
 * Kendall's τ-b, with ties; exact two-sided p by all orders for up to 8 pairs, normal approximation beyond.
 * @returns null for fewer than two pairs, or when one side does not vary
 * @remarks Kendall 1945, Biometrika 33:239; variance with ties after Kendall 1970, ch. 4
 */
export function kendall(x: readonly number[], y: readonly number[]): Kendall | null {
  const pairs = x.map((v, i) => [v, y[i]!] as const).filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  const n = pairs.length;
  if (n < 2) return null;
  const a = pairs.map((pair) => pair[0]);
  const b = pairs.map((pair) => pair[1]);
  const tiesA = untied(a);
  const tiesB = untied(b);
  if (tiesA === 0 || tiesB === 0) return null;
  const s = concordance(a, b);
  const tau = s / Math.sqrt(tiesA * tiesB);
  return { tau, p: n <= EXACT ? exactP(a, b, s) : normalP(a, b, s, n), n };
}

/**
 * Smallest p these values can reach, in the order that agrees best: with four pods 2/24, more with ties. 0 beyond the exact
 * test's 8 pairs.
 */
export function leastP(x: readonly number[], y: readonly number[]): number {
  if (x.length > EXACT) return 0;
  const ascending = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
  const [a, b] = [ascending(x), ascending(y)];
  return exactP(a, b, concordance(a, b));
}

function untied(x: readonly number[]): number {
  let k = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < i; j++) if (x[i] !== x[j]) k++;
  return k;
}

function concordance(a: readonly number[], b: readonly number[]): number {
  let s = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) s += Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!);
  return s;
}

function exactP(a: readonly number[], b: readonly number[], s: number): number {
  let extreme = 0;
  let all = 0;
  const order = [...b];
  const visit = (k: number): void => {
    if (k === order.length) {
      all++;
      if (Math.abs(concordance(a, order)) >= Math.abs(s) - 1e-9) extreme++;
      return;
    }
    for (let i = k; i < order.length; i++) {
      [order[k], order[i]] = [order[i]!, order[k]!];
      visit(k + 1);
      [order[k], order[i]] = [order[i]!, order[k]];
    }
  };
  visit(0);
  return extreme / all;
}

function normalP(a: readonly number[], b: readonly number[], s: number, n: number): number {
  const [t1, t2, t3] = tieSums(a);
  const [u1, u2, u3] = tieSums(b);
  const v0 = n * (n - 1) * (2 * n + 5);
  const variance = (v0 - t1 - u1) / 18 + (t2 * u2) / (9 * n * (n - 1) * (n - 2)) + (t3 * u3) / (2 * n * (n - 1));
  return Math.min(1, 2 * upperTail(Math.max(0, Math.abs(s) - 1) / Math.sqrt(variance)));
}

/** Σ t(t−1)(2t+5), Σ t(t−1)(t−2), Σ t(t−1) over groups of ties. */
function tieSums(x: readonly number[]): [number, number, number] {
  const groups = new Map<number, number>();
  for (const v of x) groups.set(v, (groups.get(v) ?? 0) + 1);
  let a = 0;
  let b = 0;
  let c = 0;
  for (const t of groups.values()) {
    a += t * (t - 1) * (2 * t + 5);
    b += t * (t - 1) * (t - 2);
    c += t * (t - 1);
  }
  return [a, b, c];
}
