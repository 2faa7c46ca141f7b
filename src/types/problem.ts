import type { ProblemCode } from '../text/en/problems.js';

/** Values that fill the placeholders of a problem's sentence. */
export type ProblemArgs = Readonly<Record<string, string | number>>;

/**
 * Something in the input that was skipped, repaired or assumed. `message` is the English sentence; other languages
 * are made from `code` and `args`.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** Path inside the dump; empty when the problem concerns the whole dump. */
  readonly file: string;
  /** 1-based line or row. */
  readonly line?: number;
  readonly message: string;
  readonly args: ProblemArgs;
  /** How many further occurrences were folded into this one. */
  readonly more?: number;
}
