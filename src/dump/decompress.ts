import { LimitError, type Budget } from './limits.js';
import type { Packing } from './magic.js';

/** What only the platform can do well. */
export interface Platform {
  /** Unpacks gzip, several members one after the other included. */
  gunzip(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** SHA-256 of bytes that come in pieces. */
  hash(): { update(bytes: Uint8Array): void; hex(): string };
}

/** Unpacks one compressed stream. */
export function decompress(
  packing: Exclude<Packing, 'zip' | 'tar'>,
  source: AsyncIterable<Uint8Array>,
  platform: Platform,
): AsyncIterable<Uint8Array> {
  switch (packing) {
    case 'gzip':
      return platform.gunzip(source);
    case 'zstd':
      return unzstd(source);
    case 'xz':
      return unxz(source);
    case 'bzip2':
      return unbzip2(source);
  }
}

async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => {
    ready.push(chunk.slice());
  });
  for await (const chunk of source) {
    // a large piece of zeros expands to gigabytes in one call
    for (let at = 0; at < chunk.length; at += SLICE) {
      stream.push(chunk.slice(at, at + SLICE));
      yield* drain(ready);
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* drain(ready);
}

const SLICE = 4096;

function* drain(ready: Uint8Array[]): Generator<Uint8Array> {
  for (const chunk of ready) if (chunk.length > 0) yield chunk;
  ready.length = 0;
}

async function* unxz(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = await import('xz-decompress');
  const iterator = source[Symbol.asyncIterator]();
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step = await iterator.next();
      if (step.done === true) controller.close();
      else controller.enqueue(step.value);
    },
  });
  const reader = new XzReadableStream(packed).getReader();
  for (;;) {
    const step = await reader.read();
    if (step.done) return;
    yield step.value;
  }
}

async function* unbzip2(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { default: unbzip2Stream } = await import('unbzip2-stream');
  const stream = unbzip2Stream();
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk));
  stream.on('error', (error: Error) => (failure = error));
  for await (const chunk of source) {
    stream.write(chunk);
    yield* drain(ready);
    if (failure !== undefined) throw failure;
  }
  stream.end();
  yield* drain(ready);
  if (failure !== undefined) throw failure;
}

/** Counts what comes out against the limits; ends with a `LimitError`. */
export async function* limited(
  expanded: AsyncIterable<Uint8Array>,
  packedBytes: () => number,
  budget: Budget,
): AsyncGenerator<Uint8Array> {
  const { ratio, ratioFloor, memberBytes } = budget.limits;
  let out = 0;
  for await (const chunk of expanded) {
    out += chunk.length;
    if (out > memberBytes) throw new LimitError(`more than ${memberBytes} bytes in one member`);
    if (out > ratioFloor && out > ratio * packedBytes())
      throw new LimitError(`expands more than ${ratio} times, stopped after ${ratioFloor} bytes`);
    if (!budget.spend(chunk.length)) throw new LimitError(`more than ${budget.limits.totalBytes} bytes in all`);
    yield chunk;
  }
}
