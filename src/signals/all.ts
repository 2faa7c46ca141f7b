import * as subsystems from './index.js';
import type { Signal } from './signal.js';

type Entry = (typeof subsystems)[keyof typeof subsystems][number];

/** Id of a signal of the catalogue. */
export type SignalId = Entry['id'];

/** The catalogue, in the order of the subsystems' names. */
export const signals: readonly Signal[] = Object.values(subsystems).flat();

const byId = new Map<string, Signal>(signals.map((signal) => [signal.id, signal]));

/** The catalogue entry of an id; undefined for `raw:` series. */
export function signalOf(id: string): Signal | undefined {
  return byId.get(id);
}
