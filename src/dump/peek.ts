import { LimitError } from './limits.js';

/**
 * A byte stream of which the beginning can be looked at before it is read. Reading from a broken source ends the
 * stream and keeps the reason in `failure`: what came before the break stays usable.
 */
export class PeekStream implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #release: ((chunk: Uint8Array) => void) | undefined;
  #buffered: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #failure: string | undefined;
  #limited = false;

  /** @param release takes back chunks that nobody needs any more, to be filled again */
  constructor(source: AsyncIterable<Uint8Array>, release?: (chunk: Uint8Array) => void) {
    this.#source = source[Symbol.asyncIterator]();
    this.#release = release;
  }

  /** Why the source ended early; undefined while it did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether it was a limit of ours that ended it. */
  get limited(): boolean {
    return this.#limited;
  }

  async #pull(): Promise<Uint8Array | undefined> {
    if (this.#ended) return undefined;
    try {
      const step = await this.#source.next();
      if (step.done !== true) return step.value;
    } catch (error) {
      this.#limited = error instanceof LimitError;
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#ended = true;
    return undefined;
  }

  /** Whether there are `size` bytes at least; nothing is consumed. */
  async holds(size: number): Promise<boolean> {
    while (this.#size < size) {
      const chunk = await this.#pull();
      if (chunk === undefined) return false;
      this.#buffered.push(chunk);
      this.#size += chunk.length;
    }
    return true;
  }

  /** The first `size` bytes, fewer when the stream is shorter; nothing is consumed. */
  async peek(size: number): Promise<Uint8Array> {
    await this.holds(size);
    const first = this.#buffered[0] ?? NOTHING;
    if (first.length < size && this.#buffered.length > 1) {
      let chunks = 0;
      for (let bytes = 0; bytes < size && chunks < this.#buffered.length; chunks++)
        bytes += this.#buffered[chunks]!.length;
      this.#buffered.unshift(concat(this.#buffered.splice(0, chunks)));
    }
    const all = this.#buffered[0] ?? NOTHING;
    return all.length > size ? all.subarray(0, size) : all;
  }

  /** All chunks, each of which holds good only until the next is asked for. */
  async *lent(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this) {
      yield chunk;
      this.#release?.(chunk);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const held = this.#buffered.shift();
      const chunk = held ?? (await this.#pull());
      if (chunk === undefined) return;
      if (held !== undefined) this.#size -= held.length;
      yield chunk;
    }
  }

  /** Reads the rest and forgets it. */
  async drain(): Promise<void> {
    this.#buffered = [];
    this.#size = 0;
    for (let chunk = await this.#pull(); chunk !== undefined; chunk = await this.#pull()) this.#release?.(chunk);
  }

  /** Gives up the source without reading the rest. */
  async close(): Promise<void> {
    this.#buffered = [];
    this.#size = 0;
    if (this.#ended) return;
    this.#ended = true;
    try {
      await this.#source.return?.();
    } catch {
      // closing a broken source tells nothing new
    }
  }
}

const NOTHING = new Uint8Array(0);

/** One array with the bytes of all. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  let size = 0;
  for (const chunk of chunks) size += chunk.length;
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
