/** Words of one cause in another language, by the ids of `src/causes/<id>.ts`. */
export interface CauseWords {
  readonly title: string;
  readonly mechanism: string;
  readonly chain: readonly string[];
  /** Clue id → what it means when seen. */
  readonly clues: Readonly<Record<string, string>>;
  /** Cause id of the rival → how to tell them apart. */
  readonly rivals?: Readonly<Record<string, string>>;
  /** Measurement id → why, and what this cause predicts. */
  readonly next: Readonly<Record<string, { readonly why: string; readonly expect: string }>>;
  /** Remedy id → what to do, how to verify. */
  readonly remedies: Readonly<Record<string, { readonly do: string; readonly verify: string }>>;
}

/** Words of one reading in another language; placeholders as in English. */
export interface ReadingWords {
  readonly says: string;
  readonly deniedBy: string;
}
