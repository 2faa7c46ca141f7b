import type { Inquiry } from '../types/inquiry.js';
import { samples } from '../frame/samples.js';
import { Pseudonyms } from './pseudonyms.js';

/** An inquiry under pseudonyms: every text in it is replaced alike; numbers and samples are the same objects. */
export function redactInquiry(inquiry: Inquiry): Inquiry {
  const pseudonyms = new Pseudonyms(inquiry.case.entities);
  const seen = new Map<object, unknown>();
  const rest: Omit<Inquiry, 'table'> & { table?: unknown } = { ...inquiry };
  delete rest.table;
  const redacted = copy(rest, pseudonyms, seen) as Omit<Inquiry, 'table'>;
  return {
    ...redacted,
    table: (signal, labels) => samples(redacted.case.series, signal, labels, redacted.case.entities),
  };
}

function copy(value: unknown, pseudonyms: Pseudonyms, seen: Map<object, unknown>): unknown {
  if (typeof value === 'string') return pseudonyms.text(value);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    seen.set(value, list);
    for (const item of value) list.push(copy(item, pseudonyms, seen));
    return list;
  }
  const made = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  seen.set(value, made);
  for (const [name, item] of Object.entries(value)) made[name] = KEPT.has(name) ? item : copy(item, pseudonyms, seen);
  return made;
}

/** Ids of ours, never a foreign word. */
const KEPT = new Set([
  'sha256',
  'signal',
  'unit',
  'kind',
  'cause',
  'clue',
  'id',
  'pattern',
  'importer',
  'verdict',
  'code',
]);
