import { scaleAroundZero } from './robust-scale.js';
import { median } from './quantile.js';

export interface TestedCut {
  /** Index of the first sample after the change. */
  readonly at: number;
  /** Share of block permutations that separate the two sides as well. */
  readonly p: number;
}

export interface EnergyOptions {
  readonly alpha?: number;
  readonly minSegment?: number;
  readonly permutations?: number;
  /** Seed of the permutations: the same seed, the same answer. */
  readonly seed?: number;
}

/**
 * Changes of distribution of any kind (level, spread, shape, dependence between columns), each with a significance.
 * @param columns - equal lengths, finite; up to a few hundred samples (O(n²) per permutation), thin longer ones first
 * @returns ascending cuts with p ≤ alpha
 * @remarks E-divisive (Matteson & James 2014, JASA 109:334) on columns in robust units. Blocks are permuted, not samples, so
 * autocorrelation does not pass for change; block length after Carlstein 1986 for AR(1).
 */
export function energyDivisive(columns: readonly Float64Array[], options: EnergyOptions = {}): TestedCut[] {
  const n = columns[0]?.length ?? 0;
  const minSegment = Math.max(2, options.minSegment ?? 10);
  const alpha = options.alpha ?? 0.05;
  const permutations = options.permutations ?? 199;
  const distance = distances(columns, n);
  const block = Math.max(...columns.map((column) => blockLength(column)));
  const random = generator(options.seed ?? 1);
  const cuts: TestedCut[] = [];
  const open: (readonly [number, number])[] = [[0, n]];
  for (let segment = open.pop(); segment !== undefined; segment = open.pop()) {
    const [from, to] = segment;
    if (to - from < 2 * minSegment) continue;
    const order = Int32Array.from({ length: to - from }, (_, i) => from + i);
    const best = strongest(distance, n, order, minSegment);
    let atLeast = 1;
    for (let k = 0; k < permutations; k++)
      if (strongest(distance, n, shuffled(order, block, random), minSegment).value >= best.value) atLeast++;
    const p = atLeast / (permutations + 1);
    if (!(best.value > 0) || p > alpha) continue;
    const at = from + best.at;
    cuts.push({ at, p });
    open.push([from, at], [at, to]);
  }
  return cuts.sort((a, b) => a.at - b.at);
}

function distances(columns: readonly Float64Array[], n: number): Float64Array {
  const scaled = columns.map((column) => {
    const centre = median(column);
    const scale = scaleAroundZero(column.map((v) => v - centre)) || 1;
    return column.map((v) => (v - centre) / scale);
  });
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (const x of scaled) sum += (x[i]! - x[j]!) ** 2;
      out[i * n + j] = out[j * n + i] = Math.sqrt(sum);
    }
  return out;
}

/** Split of the ordered samples with the largest weighted energy distance between its sides. */
function strongest(distance: Float64Array, n: number, order: Int32Array, minSegment: number) {
  const m = order.length;
  let right = 0;
  for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) right += distance[order[i]! * n + order[j]!]!;
  let left = 0;
  let across = 0;
  let value = -Infinity;
  let at = 0;
  for (let t = 0; t < m - minSegment; t++) {
    const row = order[t]! * n;
    let toLeft = 0;
    let toRight = 0;
    for (let j = 0; j < t; j++) toLeft += distance[row + order[j]!]!;
    for (let j = t + 1; j < m; j++) toRight += distance[row + order[j]!]!;
    left += toLeft;
    right -= toRight;
    across += toRight - toLeft;
    const a = t + 1;
    const b = m - a;
    if (a < minSegment) continue;
    const energy = ((a * b) / m) * ((2 * across) / (a * b) - (2 * left) / (a * a) - (2 * right) / (b * b));
    if (energy > value) {
      value = energy;
      at = a;
    }
  }
  return { value, at };
}

function blockLength(x: Float64Array): number {
  const n = x.length;
  const centre = median(x);
  let zero = 0;
  let one = 0;
  for (let i = 0; i < n; i++) {
    zero += (x[i]! - centre) ** 2;
    if (i > 0) one += (x[i]! - centre) * (x[i - 1]! - centre);
  }
  const rho = Math.max(0, Math.min(0.9, zero > 0 ? one / zero : 0));
  return Math.max(
    1,
    Math.min(Math.floor(n / 8), Math.round((Math.cbrt(n) * Math.cbrt(2 * rho) ** 2) / Math.cbrt(1 - rho * rho) ** 2)),
  );
}

function shuffled(order: Int32Array, block: number, random: () => number): Int32Array {
  const m = order.length;
  const offset = Math.floor(random() * block);
  const starts: number[] = offset > 0 ? [0] : [];
  for (let s = offset; s < m; s += block) starts.push(s);
  const ends = [...starts.slice(1), m];
  const blocks = starts.map((s, i) => order.subarray(s, ends[i]));
  for (let i = blocks.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [blocks[i], blocks[j]] = [blocks[j]!, blocks[i]!];
  }
  const out = new Int32Array(m);
  let at = 0;
  for (const piece of blocks) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** Numbers in [0, 1) from a seed (mulberry32): the answer must not change from run to run. */
function generator(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
