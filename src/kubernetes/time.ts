import { str } from '../dump/json.js';
import { plausible } from '../logs/clock.js';
import { wholeStamp } from '../logs/time.js';
import type { Milliseconds } from '../types/units.js';

/** Epoch ms of an API time (RFC 3339); undefined for null, the zero time and anything else. */
export function apiTime(value: unknown): Milliseconds | undefined {
  const stamp = wholeStamp(value instanceof Date ? value.toISOString() : (str(value) ?? ''));
  return stamp && plausible(stamp.time) ? stamp.time : undefined;
}
