import type { Milliseconds } from '../types/units.js';
import type { Fact } from '../types/series.js';
import type { Draft } from './draft.js';
import { seriesKey } from './key.js';

/** How far outside the dated part of a dump the modification time of a file is still believed. */
const BELIEVED: Milliseconds = 3_600_000;
const HALVES: readonly (readonly [RegExp, RegExp])[] = [
  [/(^|[._/-])(start|begin|before|first|pre)(?=[._/-]|$)/i, /(^|[._/-])(end|stop|after|last|second|post)(?=[._/-]|$)/i],
  [/(^|[._/-])(t0|0|1|a)(?=[._/-]|$)/i, /(^|[._/-])(t1|1|2|b)(?=[._/-]|$)/i],
];

/** Drafts that have a place in time, and facts of those that have none. */
export interface Dated {
  readonly drafts: Draft[];
  readonly facts: Fact[];
}

/**
 * Sets aside what nothing dates. A file's modification time is believed when it falls into the span of the dated data
 * (within an hour), or when there are no dated data and the files differ in it; else it is that of a copy. Readings
 * without a time become facts: `total.<signal>`, and `change.<signal>` where two files are a before and an after.
 */
export function setUndatedAside(drafts: readonly Draft[]): Dated {
  const span = datedSpan(drafts);
  const kept: Draft[] = [];
  const aside: Draft[] = [];
  for (const draft of drafts) (hasPlace(draft, span) ? kept : aside).push(draft);
  return { drafts: kept, facts: [...aside.filter(({ time }) => time.length === 1).map(totalOf), ...changesOf(aside)] };
}

type Span = { readonly from: Milliseconds; readonly to: Milliseconds } | 'differ' | undefined;

function datedSpan(drafts: readonly Draft[]): Span {
  let from = Infinity;
  let to = -Infinity;
  const fileTimes = new Set<number>();
  for (const { dated, time } of drafts) {
    if (dated === 'file' && time.length > 0) fileTimes.add(Math.floor(time[0]! / 2000));
    if (dated !== undefined || time.length < 2) continue;
    from = Math.min(from, time[0]!);
    to = Math.max(to, time.at(-1)!);
  }
  return from <= to ? { from, to } : fileTimes.size > 1 ? 'differ' : undefined;
}

function hasPlace({ dated, time }: Draft, span: Span): boolean {
  if (dated === undefined || time.length === 0) return true;
  if (dated === 'never' && time[0] === 0) return false;
  if (time.length > 1 || span === 'differ') return true;
  // alone, a modification time is as good a guess as any, and nothing depends on it
  if (span === undefined) return dated === 'file';
  return time[0]! >= span.from - BELIEVED && time[0]! <= span.to + BELIEVED;
}

function totalOf(draft: Draft): Fact {
  return {
    name: `total.${draft.signal}`,
    value: draft.value[0]!,
    unit: draft.unit,
    labels: draft.labels,
    source: sourceOf(draft),
  };
}

/** Pairs of readings of one counter from two files whose paths say which came first. */
function changesOf(drafts: readonly Draft[]): Fact[] {
  const facts: Fact[] = [];
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.kind !== 'counter' || draft.time.length !== 1) continue;
    const key = `${draft.importer} ${draft.name} ${seriesKey(draft.signal, draft.labels)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  for (const [a, b, more] of groups.values()) {
    if (a === undefined || b === undefined || more !== undefined) continue;
    const [before, after] = inOrder(a, b) ?? [];
    if (before === undefined || after === undefined) continue;
    const change = after.value[0]! - before.value[0]!;
    if (!(change >= 0)) continue;
    const source = { ...sourceOf(after), conversion: `minus ${before.value[0]!} in ${sourceOf(before).file}` };
    facts.push({ name: `change.${after.signal}`, value: change, unit: after.unit, labels: after.labels, source });
  }
  return facts;
}

function inOrder(a: Draft, b: Draft): [Draft, Draft] | undefined {
  const [pathA, pathB] = [sourceOf(a).file, sourceOf(b).file];
  for (const [early, late] of HALVES) {
    const same = (first: string, second: string): boolean =>
      early.test(first) && late.test(second) && first.replace(early, '') === second.replace(late, '');
    if (same(pathA, pathB)) return [a, b];
    if (same(pathB, pathA)) return [b, a];
  }
  return undefined;
}

function sourceOf({ origin, importer, name, conversion }: Draft): Fact['source'] {
  const file = origin.files[typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0)] ?? '';
  const line = typeof origin.line === 'number' ? origin.line : (origin.line[0] ?? 0);
  return { file, importer, name, ...(line > 0 && { line }), ...(conversion !== undefined && { conversion }) };
}
