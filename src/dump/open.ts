import type { Dump } from '../types/dump.js';
import type { Milliseconds } from '../types/units.js';
import { problem } from '../errors.js';
import type { Problem } from '../types/problem.js';
import type { Platform } from './decompress.js';
import { Budget, LIMITS, type Limits } from './limits.js';
import { PeekStream } from './peek.js';
import { unpack, type Opening } from './unpack.js';
import type { RandomAccess } from './zip.js';

/** Bytes in chunks; `release` takes chunks back that nobody needs any more, to fill them again. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  release?(chunk: Uint8Array): void;
}

/** One file as given by the user, not opened yet. */
export interface Given {
  /** Path inside the dump, `/` separated. */
  readonly path: string;
  readonly size?: number;
  readonly modified?: Milliseconds;
  open(): ByteSource;
  random?(): Promise<RandomAccess & { close(): Promise<void> }>;
}

export interface OpenOptions {
  readonly limits?: Partial<Limits>;
}

/** A dump over given files; they are opened one after the other as the walk goes. */
export function dumpOf(
  name: string,
  given: readonly Given[] | (() => AsyncIterable<Given>),
  platform: Platform,
  options: OpenOptions = {},
): Dump {
  const problems: Problem[] = [];
  const hashes: string[] = [];
  const opening: Opening = {
    platform,
    budget: new Budget({ ...LIMITS, ...options.limits }),
    taken: new Set(),
    problem: (code, path, args) => problems.push(problem(code, path, args)),
  };
  let digest: string | undefined;
  return {
    name,
    problems,
    async *walk() {
      for await (const file of typeof given === 'function' ? given() : given) {
        const hash = platform.hash();
        const source = file.open();
        const stream = new PeekStream(hashed(source, hash), (chunk) => source.release?.(chunk));
        const random = await file.random?.();
        const { path, size, modified } = file;
        try {
          yield* unpack(
            {
              path,
              stream,
              ...(size === undefined ? {} : { size }),
              ...(modified === undefined ? {} : { modified }),
              ...(random === undefined ? {} : { random }),
            },
            opening,
          );
          // what recognition or a zip reader did not touch counts for the checksum too
          await stream.drain();
        } finally {
          // also where whoever walks has seen enough
          await stream.close();
          await random?.close();
        }
        if (stream.failure !== undefined && !problems.some((known) => known.file === file.path))
          opening.problem('UNREADABLE', file.path, { reason: stream.failure });
        hashes.push(`${file.path}\0${hash.hex()}\n`);
      }
      const hash = platform.hash();
      for (const line of hashes.sort()) hash.update(new TextEncoder().encode(line));
      digest = hash.hex();
    },
    sha256() {
      if (digest === undefined) throw new RangeError('the checksum is known after the walk, walk first');
      return digest;
    },
  };
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  hash: { update(bytes: Uint8Array): void },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}
