import type { ReadingRule } from './reading.js';
import * as units from './index.js';

/** All of this folder, in the order of the chain. */
export const readingRules: readonly ReadingRule[] = Object.values<ReadingRule>(units).sort((a, b) => a.order - b.order);
