import type { Expectation } from '../causes/cause.js';
import type { Reading as ReadingResult } from '../types/diagnosis.js';

/**
 * A conclusion between findings and causes, in the words of the expert who would draw it. It holds when every
 * expectation in `all` is seen (and one of `any`, where given); it is refuted when one of `all` is observed not to be so.
 */
export interface ReadingRule {
  /** Equals the file name. */
  readonly id: string;
  /** Place in the chain of the report. */
  readonly order: number;
  /** English sentence for "it holds"; `{placeholders}` are filled from the observations, see `evidence/read.ts`. */
  readonly says: string;
  /** English sentence for "the data show that it is not so". */
  readonly deniedBy: string;
  readonly all: readonly Expectation[];
  readonly any?: readonly Expectation[];
}

export type { ReadingResult };
