import type { Bytes } from '../types/units.js';

/** How far archives are followed. What goes beyond is skipped with a problem; the rest is read. */
export interface Limits {
  /** Expanded size of one archive member. */
  readonly memberBytes: Bytes;
  /** Expanded size of all members together. */
  readonly totalBytes: Bytes;
  /** Expanded : packed size of one compressed stream, watched from `ratioFloor` on. */
  readonly ratio: number;
  readonly ratioFloor: Bytes;
  /** Members of all archives together. */
  readonly entries: number;
  /** Archives within archives. */
  readonly depth: number;
  /** Members and files up to this size are held in memory whole; larger ones are streamed. */
  readonly bufferBytes: Bytes;
  /** Largest mail that is opened: it is held in memory whole. */
  readonly mailBytes: Bytes;
}

const MiB = 1024 * 1024;

export const LIMITS: Limits = {
  memberBytes: 16 * 1024 * MiB,
  totalBytes: 32 * 1024 * MiB,
  // Prometheus JSON of an idle counter reaches about 150; zeros reach 1000
  ratio: 250,
  ratioFloor: 64 * MiB,
  entries: 500_000,
  depth: 5,
  bufferBytes: 16 * MiB,
  mailBytes: 128 * MiB,
};

/** What the archives of one dump have used up so far. */
export class Budget {
  readonly limits: Limits;
  #bytes = 0;
  #entries = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Counts expanded bytes; returns false once all members together are too large. */
  spend(bytes: Bytes): boolean {
    this.#bytes += bytes;
    return this.#bytes <= this.limits.totalBytes;
  }

  /** Counts one archive member; returns false once there are too many. */
  enter(): boolean {
    this.#entries += 1;
    return this.#entries <= this.limits.entries;
  }
}

/** Thrown inside a stream when a limit ends it; `PeekStream` turns it into the end of the stream. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
