import { quantileOfSorted, sortedFinite } from '../stats/quantile.js';
import { nameParts, PEERS, type NameParts } from './name-parts.js';

export interface NamedSeries {
  readonly name: string;
  /** One per instant; NaN = missing. */
  readonly values: ArrayLike<number>;
}

export interface CulpritQuestion {
  /** Strictly increasing, ms. */
  readonly time: ArrayLike<number>;
  readonly series: readonly NamedSeries[];
  /** Index of the first sample at or after the alarm. The alarm may be late. */
  readonly onset: number;
  /** Index of the first sample not known to be free of the fault; `onset` when absent. */
  readonly normalEnd?: number;
  /** Name of the series whose violation is to be explained; it comes last. */
  readonly target?: string;
  /** Call edges between entities, `[caller, callee]`. */
  readonly graph?: readonly (readonly [string, string])[];
}

export interface Culprit {
  readonly name: string;
  /** Change in excess of its peers, in standard errors; 0 or more. */
  readonly score: number;
  /** Signed ln(1 + |after − before| / before): relative change, compressed. */
  readonly change: number;
  /** First index of the part taken as faulty. */
  readonly onset: number;
}

/** What any level may drift over minutes without a reason; 2–5 % give the same ranks. */
const DRIFT = 0.03;
/** Below twice its noise a level has no meaningful ratio. */
const FLOOR = 2;
/** Deviations count up to three robust standard deviations, so that no single series dates the fault. */
const BOUND = 3;

/**
 * Who is to blame: series ranked by how much they changed at the fault, best first.
 *
 * The change of a level is taken as a log ratio, because operational quantities vary in proportion to their size; it is
 * compared with the same change of the peers (the same kind of metric on other entities), because what befalls all of
 * them is load or recording, not the culprit; and it is measured in errors made of the series' own noise, the spread of
 * the peers and an everyday drift. With a call graph, what a callee explains is taken off its caller.
 * @param question - arrays of equal length; nothing is written
 * @returns every series, `target` last; all scores 0 when there are fewer than four samples before or none after the onset
 * @remarks Medians throughout. Generalised log ratio after Rocke & Durbin 2001 (J. Comput. Biol. 8:557); comparison with
 * peers as difference in differences; onset found back as the change point common to all series (`commonOnset`).
 * @example
 * rankCulprits({ time, series: [{ name: 'cart_cpu', values }, { name: 'orders_cpu', values: others }], onset: 60 })[0]?.name
 */
export function rankCulprits(question: CulpritQuestion): Culprit[] {
  const { series, target } = question;
  const end = Math.min(question.onset, question.normalEnd ?? question.onset);
  const onset = commonOnset(series, end, question.onset);
  const parts = nameParts(series.map((one) => one.name));
  const moves = series.map((one) => move(one, onset));
  const peers = peerMoves(moves, parts);
  const scored = moves.map(({ name, change, noise }) => {
    const { middle, spread } = peers.get(parts.get(name)!.kind) ?? { middle: 0, spread: 0 };
    const error = Math.hypot(noise, spread, DRIFT);
    const score = Number.isNaN(change) ? 0 : Math.abs(change - middle) / error;
    return { name, score, change: Number.isNaN(change) ? 0 : change, onset };
  });
  const excused = question.graph ? explainedAway(scored, parts, question.graph) : scored;
  const order = new Map(series.map((one, i) => [one.name, i]));
  return excused
    .map((one) => (one.name === target ? { ...one, score: 0 } : one))
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(a.name === target) - Number(b.name === target) ||
        order.get(a.name)! - order.get(b.name)!,
    );
}

interface Move {
  readonly name: string;
  /** NaN when it cannot be told. */
  readonly change: number;
  readonly noise: number;
}

function move({ name, values }: NamedSeries, onset: number): Move {
  const before = sortedFinite(slice(values, 0, onset));
  const after = sortedFinite(slice(values, onset, values.length));
  if (before.length < 4 || after.length === 0) return { name, change: NaN, noise: 0 };
  const from = quantileOfSorted(before, 0.5);
  const to = quantileOfSorted(after, 0.5);
  const noise = spreadOf(before);
  // a series that was exactly zero: the smallest level it ever had is its unit
  const unit = Math.max(FLOOR * noise, from === 0 ? smallest(after) : 0);
  // relative to the level before: a fall is at most the whole of it, and rightly weighs less than a rise without bound,
  // for the starved fall quiet while the culprit is busy
  const base = Math.max(Math.abs(from), unit);
  if (!(base > 0)) return { name, change: from === to ? 0 : NaN, noise: 0 };
  return {
    name,
    change: Math.sign(to - from) * Math.log1p(Math.abs(to - from) / base),
    noise: noise / base,
  };
}

/** Robust standard deviation: the larger of the two usual ones, since a quantised series can make either vanish. */
function spreadOf(sorted: Float64Array): number {
  const middle = quantileOfSorted(sorted, 0.5);
  const mad = 1.4826 * quantileOfSorted(sorted.map((v) => Math.abs(v - middle)).sort(), 0.5);
  return Math.max(mad, (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / 1.349);
}

function smallest(sorted: Float64Array): number {
  let least = Infinity;
  for (const v of sorted) if (v !== 0 && Math.abs(v) < least) least = Math.abs(v);
  return least === Infinity ? 0 : least;
}

function peerMoves(moves: readonly Move[], parts: ReadonlyMap<string, NameParts>) {
  const byKind = new Map<string, number[]>();
  for (const { name, change } of moves) {
    const { kind } = parts.get(name)!;
    if (kind === '' || Number.isNaN(change)) continue;
    const list = byKind.get(kind);
    if (list) list.push(change);
    else byKind.set(kind, [change]);
  }
  const out = new Map<string, { middle: number; spread: number }>();
  for (const [kind, changes] of byKind) {
    if (changes.length < PEERS) continue;
    const middle = quantileOfSorted(sortedFinite(changes), 0.5);
    const spread = 1.4826 * quantileOfSorted(sortedFinite(changes.map((c) => Math.abs(c - middle))), 0.5);
    out.set(kind, { middle, spread });
  }
  return out;
}

/** A caller suffers from its callees: its score keeps the share that is its own. */
function explainedAway(
  scored: readonly Culprit[],
  parts: ReadonlyMap<string, NameParts>,
  graph: readonly (readonly [string, string])[],
): Culprit[] {
  const strongest = new Map<string, number>();
  for (const { name, score } of scored) {
    const { entity } = parts.get(name)!;
    strongest.set(entity, Math.max(strongest.get(entity) ?? 0, score));
  }
  const below = new Map<string, number>();
  for (const [caller, callee] of graph) {
    if (caller === callee) continue;
    below.set(caller, Math.max(below.get(caller) ?? 0, strongest.get(callee) ?? 0));
  }
  return scored.map((one) => {
    const callee = below.get(parts.get(one.name)!.entity) ?? 0;
    return callee > 0 ? { ...one, score: (one.score * one.score) / (one.score + callee) } : one;
  });
}

/**
 * Index at which the fault began, found back from the data: the split of the time around the alarm that separates most
 * series best, each with bounded influence. Looks back over two thirds of the normal part at most.
 */
export function commonOnset(series: readonly NamedSeries[], normalEnd: number, onset: number): number {
  const first = Math.max(4, Math.floor(normalEnd / 3));
  if (!(onset > first)) return onset;
  const gain = new Float64Array(onset + 1);
  for (const { values } of series) addGains(gain, values, first, normalEnd, onset);
  let best = onset;
  for (let t = onset - 1; t >= first; t--) if (gain[t]! > gain[best]! * (1 + 1e-9)) best = t;
  return best;
}

function addGains(
  gain: Float64Array,
  values: ArrayLike<number>,
  first: number,
  normalEnd: number,
  onset: number,
): void {
  const normal = sortedFinite(slice(values, 0, normalEnd));
  const end = Math.min(values.length, 2 * onset - first);
  if (normal.length < 4 || end <= onset) return;
  const middle = quantileOfSorted(normal, 0.5);
  const scale = Math.max(spreadOf(normal), DRIFT * Math.abs(middle));
  if (!(scale > 0)) return;
  const sum = new Float64Array(end + 1);
  const count = new Float64Array(end + 1);
  for (let i = 0; i < end; i++) {
    const z = (values[i]! - middle) / scale;
    const known = Number.isFinite(z);
    sum[i + 1] = sum[i]! + (known ? Math.max(-BOUND, Math.min(BOUND, z)) : 0);
    count[i + 1] = count[i]! + (known ? 1 : 0);
  }
  for (let t = first; t <= onset; t++) {
    const left = count[t]!;
    const right = count[end]! - left;
    if (left === 0 || right === 0) continue;
    const step = sum[t]! / left - (sum[end]! - sum[t]!) / right;
    gain[t]! += ((left * right) / (left + right)) * step * step;
  }
}

function slice(values: ArrayLike<number>, from: number, to: number): Float64Array {
  const out = new Float64Array(Math.max(0, Math.min(to, values.length) - from));
  for (let i = 0; i < out.length; i++) out[i] = values[from + i]!;
  return out;
}
