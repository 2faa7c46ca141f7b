import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Gunzip } from 'fflate';
import type { Dump } from '../types/dump.js';
import type { Platform } from './decompress.js';
import { dumpOf, type Given, type OpenOptions } from './open.js';

/** What is needed of a `File` of a browser. */
export interface BrowserFile {
  readonly name: string;
  /** Path below a folder that was chosen or dropped; '' for a single file. */
  readonly webkitRelativePath?: string;
  readonly size: number;
  readonly lastModified: number;
  stream(): { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> } };
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Unpacking and SHA-256 without Node. */
export const browserPlatform: Platform = {
  gunzip,
  hash() {
    const hash = sha256.create();
    return { update: (bytes) => hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
  },
};

/**
 * Opens files that were dropped on a page or chosen in it, in the order of their paths. Nothing leaves the page.
 * @param options `fileTimes`: take the modification times for the times at which undated files were taken
 */
export function openDumpInBrowser(
  files: Iterable<BrowserFile>,
  options: OpenOptions & { readonly fileTimes?: boolean; readonly name?: string } = {},
): Dump {
  const given = Array.from(files, (file) => givenOf(file, options.fileTimes === true));
  given.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const single = given.length === 1 ? given[0]!.path : 'dump';
  return dumpOf(options.name ?? single, given, browserPlatform, options);
}

function givenOf(file: BrowserFile, fileTimes: boolean): Given {
  const relative = file.webkitRelativePath ?? '';
  return {
    path: relative === '' ? file.name : relative,
    size: file.size,
    ...(fileTimes ? { modified: file.lastModified } : {}),
    open: () => chunksOf(file),
    random: () =>
      Promise.resolve({
        size: file.size,
        read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
        close: () => Promise.resolve(),
      }),
  };
}

async function* chunksOf(file: BrowserFile): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** In small steps: a few kilobytes of zeros unpack to megabytes in one call. */
const STEP = 16_384;

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let ended = false;
  const stream = new Gunzip((chunk, final) => {
    if (chunk.length > 0) ready.push(chunk);
    ended = final;
  });
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += STEP) {
      stream.push(chunk.slice(at, at + STEP));
      yield* ready.splice(0);
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
  if (!ended) throw new Error('unexpected end of file');
}
