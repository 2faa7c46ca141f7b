import type { DumpFile } from '../types/dump.js';
import type { Milliseconds } from '../types/units.js';
import type { ProblemCode } from '../text/en/problems.js';
import type { ProblemArgs } from '../types/problem.js';
import { decompress, limited, type Platform } from './decompress.js';
import { bufferedFile, HEAD_BYTES, streamedFile } from './file.js';
import type { Budget } from './limits.js';
import { isMail, MAIL_HEAD, mayBeMail, walkMail } from './mail.js';
import { packingOf } from './magic.js';
import { PeekStream } from './peek.js';
import { walkTar } from './tar.js';
import { walkZip, type RandomAccess } from './zip.js';

/** What opening one given file needs at every depth. */
export interface Opening {
  readonly platform: Platform;
  readonly budget: Budget;
  /** Paths already given out, so that members of one name stay apart. */
  readonly taken: Set<string>;
  problem(code: ProblemCode, path: string, args?: ProblemArgs): void;
}

/** One stream on its way out of its wrappings. */
export interface Wrapped {
  readonly path: string;
  readonly stream: PeekStream;
  readonly size?: number;
  readonly modified?: Milliseconds;
  /** Reads anywhere in the file, for zip; absent inside other archives. */
  readonly random?: RandomAccess;
}

/** Every file inside, archives opened on the way; depth first, in the order of the archive. */
export async function* unpack(wrapped: Wrapped, opening: Opening, depth = 0): AsyncGenerator<DumpFile> {
  const head = await wrapped.stream.peek(512);
  const packing = packingOf(head) ?? (mayBeMail(head) && isMail(await wrapped.stream.peek(MAIL_HEAD)) ? 'mail' : null);
  if (packing === null) {
    yield* leaf(wrapped, opening);
    return;
  }
  if (depth >= opening.budget.limits.depth) {
    opening.problem('ARCHIVE_TOO_DEEP', wrapped.path, { depth });
    return;
  }
  if (packing === 'tar') yield* members(walkTar(wrapped, opening), opening, depth);
  else if (packing === 'mail') yield* members(walkMail(wrapped, opening), opening, depth);
  else if (packing === 'zip') yield* members(walkZip(wrapped, opening), opening, depth);
  else yield* unwrap(wrapped, packing, opening, depth);
}

async function* members(entries: AsyncIterable<Wrapped>, opening: Opening, depth: number): AsyncGenerator<DumpFile> {
  for await (const entry of entries) yield* unpack(entry, opening, depth + 1);
}

async function* unwrap(
  wrapped: Wrapped,
  packing: 'gzip' | 'zstd' | 'xz' | 'bzip2',
  opening: Opening,
  depth: number,
): AsyncGenerator<DumpFile> {
  let packed = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of wrapped.stream) {
      packed += chunk.length;
      yield chunk;
    }
  }
  const expanded = decompress(packing, counted(), opening.platform);
  const stream = new PeekStream(limited(expanded, () => packed, opening.budget));
  const inner = { path: wrapped.path, stream };
  yield* unpack(wrapped.modified === undefined ? inner : { ...inner, modified: wrapped.modified }, opening, depth + 1);
  await stream.close();
}

async function* leaf(wrapped: Wrapped, opening: Opening): AsyncGenerator<DumpFile> {
  const { bufferBytes } = opening.budget.limits;
  const path = unique(wrapped.path, opening.taken);
  const meta = {
    path,
    ...(wrapped.size === undefined ? {} : { size: wrapped.size }),
    ...(wrapped.modified === undefined ? {} : { modified: wrapped.modified }),
  };
  const { stream } = wrapped;
  const broken = (): boolean => stream.failure !== undefined;
  // a file that says itself that it is long need not be held to find out
  const long = (wrapped.size ?? 0) > bufferBytes && (await stream.holds(HEAD_BYTES));
  if (!long && !(await stream.holds(bufferBytes + 1))) {
    const all = await stream.peek(Infinity);
    reportBreak(path, stream, opening, all.length);
    yield bufferedFile({ ...meta, size: all.length }, all, broken());
    return;
  }
  // a copy: the chunk it is part of is filled again later
  yield streamedFile(meta, stream, (await stream.peek(HEAD_BYTES)).slice(), broken);
  reportBreak(path, stream, opening);
}

function reportBreak(path: string, stream: PeekStream, opening: Opening, bytes?: number): void {
  const reason = stream.failure;
  if (reason === undefined) return;
  if (stream.limited) opening.problem('ARCHIVE_LIMIT', path, { reason });
  else opening.problem('TRUNCATED', path, { kept: bytes === undefined ? 'what came before' : `${bytes} bytes` });
}

/** Keeps members of one name apart: `a.json`, `a.json (2)`. */
function unique(path: string, taken: Set<string>): string {
  let name = path;
  for (let n = 2; taken.has(name); n++) name = `${path} (${n})`;
  taken.add(name);
  return name;
}
