import type { Draft } from './draft.js';
import { joinPieces } from './join.js';

/** The last value of a container that is gone is repeated for this long by some sources. */
const REPEATED = 6 * 60_000;
/** Labels of the scrape that a container or pod is given anew with each start. */
const BORN = ['id', 'name', 'uid', 'container_id', 'pod_uid'];

/**
 * Whether two drafts are one thing before and after a restart: the same pod, told apart only by how it was collected
 * (another container id, another address), one beginning when the other has ended.
 */
export function succeeds(a: Draft, b: Draft): boolean {
  if (a.labels['pod'] === undefined || a.time.length === 0 || b.time.length === 0) return false;
  const [early, late] = inOrder(a, b);
  if (!differs(early, late)) return false;
  if (late.time[0]! > early.time.at(-1)!) return true;
  const own = lastOwn(early);
  // a value that never varied is no repetition
  return own > 0 && late.time[0]! > early.time[own]! && late.time.at(-1)! > early.time.at(-1)!;
}

/** The two as one. A counter of a container that was born anew counts on from where the other one stood. */
export function succeeded(a: Draft, b: Draft): Draft {
  const [whole, late] = inOrder(a, b);
  const end = lastBefore(whole, late.time[0]!);
  const early = end === whole.time.length - 1 ? whole : cut(whole, end + 1);
  const last = lastNumber(early.value);
  const born = BORN.some((name) => early.scrape[name] !== late.scrape[name]);
  if (late.kind !== 'counter' || !born || Number.isNaN(last))
    return joinPieces(early, { ...late, scrape: early.scrape });
  const value = late.value.map((x) => x + last);
  const how = 'counted on after a restart';
  const conversion = early.conversion === undefined ? how : `${early.conversion.replace(`, ${how}`, '')}, ${how}`;
  return { ...joinPieces(early, { ...late, scrape: early.scrape, value }), scrape: late.scrape, conversion };
}

function inOrder(a: Draft, b: Draft): readonly [Draft, Draft] {
  return a.time[0]! <= b.time[0]! ? [a, b] : [b, a];
}

function differs(a: Draft, b: Draft): boolean {
  const names = new Set([...Object.keys(a.scrape), ...Object.keys(b.scrape)]);
  return [...names].some((name) => a.scrape[name] !== b.scrape[name]);
}

/** Index of the first of the equal values a draft ends with, as far as they may be repetitions. */
function lastOwn({ time, value }: Draft): number {
  let i = time.length - 1;
  while (i > 0 && Object.is(value[i - 1], value[i]) && time.at(-1)! - time[i - 1]! <= REPEATED) i--;
  return i;
}

function lastBefore({ time }: Draft, instant: number): number {
  let i = time.length - 1;
  while (i > 0 && time[i]! >= instant) i--;
  return i;
}

function lastNumber(value: Float64Array): number {
  for (let i = value.length - 1; i >= 0; i--) if (!Number.isNaN(value[i]!)) return value[i]!;
  return NaN;
}

function cut(draft: Draft, length: number): Draft {
  const column = (one: number | Uint32Array): number | Uint32Array =>
    typeof one === 'number' ? one : one.subarray(0, length);
  const { files, file, line } = draft.origin;
  return {
    ...draft,
    time: draft.time.subarray(0, length),
    value: draft.value.subarray(0, length),
    origin: { files, file: column(file), line: column(line) },
  };
}
