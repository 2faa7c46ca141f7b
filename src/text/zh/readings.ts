import type { ReadingWords } from '../words.js';

/** Chinese words of each reading, by id; `test/text/parity.test.ts` lists what is missing. */
export const readingsZh: Readonly<Record<string, ReadingWords>> = {};
