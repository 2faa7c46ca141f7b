import type { DumpFile, Head } from '../types/dump.js';
import type { Bytes, Milliseconds } from '../types/units.js';
import { decode, decodeStream, decodeWhole, detectEncoding, type Encoding } from './encoding.js';
import { countedEnds, formOf, hasMark, LineEnds } from './form.js';
import { linesOf, splitLines, streamLines } from './lines.js';
import { stripNoise } from './noise.js';
import type { PeekStream } from './peek.js';

/** Bytes that recognition may look at. */
export const HEAD_BYTES = 64 * 1024;
const TEXT_LIMIT = 64 * 1024 * 1024;

interface Meta {
  readonly path: string;
  readonly size?: Bytes;
  readonly modified?: Milliseconds;
}

class FileHead implements Head {
  readonly path: string;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly complete: boolean;
  #lines: readonly string[] | undefined;

  constructor(path: string, text: string, bytes: Uint8Array, complete: boolean) {
    this.path = path;
    this.text = text;
    this.bytes = bytes;
    this.complete = complete;
  }

  get lines(): readonly string[] {
    return (this.#lines ??= splitLines(this.text));
  }
}

/** A file whose content is at hand. `cut`: it ended early, so an unfinished last line is dropped. */
export function bufferedFile(meta: Meta, content: Uint8Array, cut = false): DumpFile {
  const { encoding, text } = decodeWhole(content);
  const file = textFile(meta, cut ? text.slice(0, text.lastIndexOf('\n') + 1) : text, content, encoding);
  return { ...file, form: () => formOf(text, content, encoding) };
}

/** A file whose text is at hand; for parts of files that hold several. */
export function textFile(meta: Meta, decoded: string, content: Uint8Array, encoding: Encoding = 'utf-8'): DumpFile {
  const text = stripNoise(decoded);
  const complete = text.length <= HEAD_BYTES;
  const head = new FileHead(
    meta.path,
    complete ? text : text.slice(0, HEAD_BYTES),
    content.length > HEAD_BYTES ? content.subarray(0, HEAD_BYTES) : content,
    complete,
  );
  return {
    ...meta,
    head,
    whole: true,
    bytes: () => once(encoding === 'utf-8' ? withoutMark(content) : new TextEncoder().encode(decoded)),
    lines: () => linesOf(complete ? head.lines : splitLines(text)),
    text: (limit = TEXT_LIMIT) => (text.length > limit ? Promise.reject(tooLarge(limit)) : Promise.resolve(text)),
  };
}

/** A file that is read once, as a stream. `cut` tells at the end whether the source broke off. */
export function streamedFile(meta: Meta, stream: PeekStream, start: Uint8Array, cut: () => boolean): DumpFile {
  const bytes = start.length > HEAD_BYTES ? start.subarray(0, HEAD_BYTES) : start;
  const encoding = detectEncoding(bytes, false);
  const text = stripNoise(decode(bytes, encoding));
  const ends = new LineEnds();
  const bom = hasMark(bytes);
  // in all other encodings the byte of a line feed is nothing else
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const counted = (source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    wide ? source : countedEnds(source, ends);
  const pieces = (): AsyncIterable<string> => {
    const decoded = decodeStream(counted(stream.lent()), encoding);
    return wide ? countedEnds(decoded, ends) : decoded;
  };
  return {
    ...meta,
    head: new FileHead(meta.path, text, bytes, false),
    form: () => ends.form(encoding, bom),
    bytes: (options) =>
      encoding === 'utf-8' ? markless(stream, options?.lent === true, counted) : reencoded(pieces()),
    lines: () => streamLines(pieces(), cut),
    text: async (limit = TEXT_LIMIT) => {
      let all = '';
      for await (const piece of pieces()) {
        all += piece;
        if (all.length > limit) throw tooLarge(limit);
      }
      return stripNoise(all);
    },
  };
}

function tooLarge(limit: Bytes): RangeError {
  return new RangeError(`expected a text of at most ${limit} bytes, found a longer one`);
}

function withoutMark(content: Uint8Array): Uint8Array {
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? content.subarray(3) : content;
}

async function* markless(
  stream: PeekStream,
  lent: boolean,
  counted: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  await stream.peek(3);
  let first = true;
  for await (const chunk of counted(lent ? stream.lent() : stream)) {
    yield first ? withoutMark(chunk) : chunk;
    first = false;
  }
}

async function* reencoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}

function once(content: Uint8Array): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      let done = content.length === 0;
      return {
        next(): Promise<IteratorResult<Uint8Array>> {
          if (done) return Promise.resolve({ done: true, value: undefined });
          done = true;
          return Promise.resolve({ done: false, value: content });
        },
      };
    },
  };
}
