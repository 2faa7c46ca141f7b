import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { kubeskoopEvent } from './kubeskoop.js';
import { levelOf, type Level } from './level.js';

/** What a message tells of itself, whoever carried it. */
export interface Told {
  readonly level: Level;
  readonly kind?: string;
  readonly message?: string;
  readonly labels?: Labels;
  readonly time?: Milliseconds;
  readonly duration?: Milliseconds;
}

/** Reads a message that came inside another format: a KubeSkoop event, or a line with a level. */
export function describe(message: string): Told {
  const event = kubeskoopEvent(message);
  return event ? { ...event, level: 'line' } : { level: levelOf(message) };
}
