import type { Draft } from './draft.js';
import { REPLICA } from './labels.js';

/** Whether two drafts were collected alike. */
export function sameScrape(a: Draft['scrape'], b: Draft['scrape']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Whether two drafts differ only in the replica that collected them. */
export function onlyReplica(a: Draft['scrape'], b: Draft['scrape']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const different = [...names].filter((name) => a[name] !== b[name]);
  return different.length > 0 && different.every((name) => REPLICA.has(name));
}

/** Two pieces of one series as one: the later one goes on where the earlier one ends; of copies by replicas, the longer. */
export function joinPieces(a: Draft, b: Draft): Draft {
  if (onlyReplica(a.scrape, b.scrape)) return b.time.length > a.time.length ? b : a;
  if (b.time.length === 0) return a;
  if (a.time.length === 0) return b;
  const [early, late] = a.time[0]! <= b.time[0]! ? [a, b] : [b, a];
  const at = late.time.findIndex((t) => t > early.time.at(-1)!);
  if (at < 0) return early;
  const rest = late.time.subarray(at);
  const time = new Float64Array(early.time.length + rest.length);
  const value = new Float64Array(time.length);
  time.set(early.time);
  time.set(rest, early.time.length);
  value.set(early.value);
  value.set(late.value.subarray(at), early.time.length);
  return { ...early, time, value, origin: joinOrigins(early, late, at) };
}

function joinOrigins(early: Draft, late: Draft, at: number): Draft['origin'] {
  const n = early.time.length;
  const m = late.time.length - at;
  const files =
    early.origin.files === late.origin.files ? early.origin.files : [...early.origin.files, ...late.origin.files];
  const shift = files === early.origin.files ? 0 : early.origin.files.length;
  const column = (a: number | Uint32Array, b: number | Uint32Array, add: number): number | Uint32Array => {
    if (typeof a === 'number' && typeof b === 'number' && a === b + add) return a;
    const out = new Uint32Array(n + m);
    for (let i = 0; i < n; i++) out[i] = typeof a === 'number' ? a : a[i]!;
    for (let i = 0; i < m; i++) out[n + i] = (typeof b === 'number' ? b : b[at + i]!) + add;
    return out;
  };
  return {
    files,
    file: column(early.origin.file, late.origin.file, shift),
    line: column(early.origin.line, late.origin.line, 0),
  };
}
