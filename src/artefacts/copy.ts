import type { Artefact } from '../types/artefact.js';
import type { Series } from '../types/series.js';
import { artefactOf, signalsOf, targetOf, type Mark } from './target.js';

/** Labels that name things; two things are never equal in everything they count. */
const NAMES = ['pod', 'namespace', 'node', 'service', 'container'];
/** Labels of parts: two parts may well be equal. */
const PARTS = ['pid', 'tid', 'cpu', 'irq', 'device', 'interface', 'cgroup', 'le', 'quantile', 'process', 'mountpoint'];
/** Equal series say nothing unless they vary that often. */
const CHANGES = 4;
const SIGNALS = 3;

/** Series without copies, and what was found. */
export interface Copies {
  readonly artefacts: readonly Artefact[];
  readonly series: readonly Series[];
}

/**
 * Drops copies: a second scrape job or a relabelling rule yields the same numbers again under other names, and whoever
 * was hit would be counted twice. Two names stand for one thing where several varying signals are equal in every sample
 * and none differs.
 */
export function withoutCopies(series: readonly Series[]): Copies {
  const pairs = pairsOf(series);
  const artefacts: Artefact[] = [];
  const dropped = new Set<Series>();
  for (const { copies, labels } of pairs.values()) {
    const own = series.filter((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value));
    const varying = own.filter((one) => changes(one.value) >= CHANGES);
    const twins = new Set(copies);
    if (signalsOf(copies).length < SIGNALS || varying.some((one) => !twins.has(one))) continue;
    for (const one of own) dropped.add(one);
    const marks = copies.map((one): Mark => ({ series: one, before: 0, after: 0, from: one.time[0]!, to: one.time.at(-1)! })); // prettier-ignore
    const setAside = own.reduce((n, one) => n + one.time.length, 0);
    artefacts.push(artefactOf('copy', targetOf(copies[0]!), marks, own.length, { setAside }));
  }
  if (dropped.size === 0) return { artefacts, series };
  return { artefacts, series: series.filter((one) => !dropped.has(one)) };
}

interface Pair {
  /** What names the copy. */
  readonly labels: Readonly<Record<string, string>>;
  readonly copies: Series[];
}

/** Copies by the names they go by and the names of what they are copies of. */
function pairsOf(series: readonly Series[]): ReadonlyMap<string, Pair> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    if (one.time.length < CHANGES || changes(one.value) < CHANGES) continue;
    const key = `${one.signal} ${one.time.length} ${one.time[0]!} ${sumOf(one.value)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const pairs = new Map<string, Pair>();
  for (const group of groups.values()) {
    const [original, ...rest] = [...group].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const copy of rest) {
      const labels = difference(original!, copy);
      if (labels === null || !equal(original!, copy)) continue;
      const key = JSON.stringify([difference(copy, original!), labels]);
      const pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, { labels, copies: [copy] });
      else pair.copies.push(copy);
    }
  }
  return pairs;
}

/** Labels of `b` that `a` has otherwise; null when they name no other thing. */
function difference(a: Series, b: Series): Record<string, string> | null {
  const names = [...new Set([...Object.keys(a.labels), ...Object.keys(b.labels)])].filter((name) => a.labels[name] !== b.labels[name]); // prettier-ignore
  if (names.length === 0 || names.some((name) => PARTS.includes(name))) return null;
  const own = names.filter((name) => b.labels[name] !== undefined && NAMES.includes(name)).sort();
  return own.length === 0 ? null : Object.fromEntries(own.map((name) => [name, b.labels[name]!]));
}

function changes(value: Float64Array): number {
  let n = 0;
  for (let i = 1; i < value.length; i++) if (value[i] !== value[i - 1] && !Number.isNaN(value[i]!)) n++;
  return n;
}

function sumOf(value: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < value.length; i++) sum += Number.isNaN(value[i]!) ? 0 : value[i]! * ((i % 7) + 1);
  return sum;
}

function equal(a: Series, b: Series): boolean {
  return a.time.every((t, i) => t === b.time[i] && Object.is(a.value[i], b.value[i]));
}
