import type { CauseWords } from '../words.js';

/** Chinese words of each cause, by id; `test/text/parity.test.ts` lists what is missing. */
export const causesZh: Readonly<Record<string, CauseWords>> = {};
