import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { InquestError } from '../errors.js';
import type { Dump } from '../types/dump.js';
import type { Platform } from './decompress.js';
import { dumpOf, type ByteSource, type Given, type OpenOptions } from './open.js';

const CHUNK = 1024 * 1024;

/** zlib and SHA-256 of Node. */
export const nodePlatform: Platform = {
  gunzip,
  hash() {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  },
};

/**
 * Opens files and folders on disk, `-` for standard input, in any mixture. Folders are walked in sorted order; links
 * in them are not followed. Modification times are only taken where `options.fileTimes` asks for it: those of a copied
 * or cloned dump are not the customer's.
 * @throws InquestError `NO_SUCH_PATH`
 * @example
 * const dump = await openDump(['customer.tgz', 'grafana-export.csv']);
 */
export async function openDump(
  paths: string | readonly string[],
  options: OpenOptions & { readonly fileTimes?: boolean; readonly name?: string } = {},
): Promise<Dump> {
  const list = typeof paths === 'string' ? [paths] : paths;
  for (const path of list) if (path !== '-') await mustExist(path);
  const single = list.length === 1 ? list[0]! : undefined;
  const name = options.name ?? (single === undefined || single === '-' ? 'dump' : basename(resolve(single)));
  return dumpOf(name, () => givenFiles(list, options.fileTimes === true), nodePlatform, options);
}

async function mustExist(path: string): Promise<void> {
  try {
    await stat(path);
  } catch {
    throw new InquestError('NO_SUCH_PATH', `expected a file or folder, found nothing at "${path}"`);
  }
}

async function* givenFiles(paths: readonly string[], fileTimes: boolean): AsyncGenerator<Given> {
  for (const path of paths) {
    if (path === '-') {
      yield { path: 'stdin', open: () => process.stdin };
      continue;
    }
    const info = await stat(path);
    // one folder alone is the dump: its own name would only lengthen every path
    const prefix = paths.length === 1 ? '' : `${basename(resolve(path))}/`;
    if (info.isDirectory()) yield* folder(path, prefix, fileTimes);
    else yield diskFile(path, basename(path), info.size, fileTimes ? info.mtimeMs : undefined);
  }
}

async function* folder(root: string, prefix: string, fileTimes: boolean): AsyncGenerator<Given> {
  const names = (await readdir(root)).sort();
  for (const name of names) {
    const path = `${root}/${name}`;
    const info = lstatSync(path);
    if (info.isDirectory()) yield* folder(path, `${prefix}${name}/`, fileTimes);
    else if (info.isFile()) yield diskFile(path, prefix + name, info.size, fileTimes ? info.mtimeMs : undefined);
  }
}

/** A small file in one piece: a dump has thousands of them, and a stream costs more than their bytes. */
// eslint-disable-next-line @typescript-eslint/require-await -- the reader of files is asynchronous
async function* whole(file: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(file);
}

/** A large file in chunks: the next is read while one is worked on, and those given back are filled again. */
function chunksOf(file: string): ByteSource {
  const free: Uint8Array[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const handle = await open(file);
    let coming = read(handle, free.pop());
    try {
      for (let chunk = await coming; chunk.length > 0; chunk = await coming) {
        coming = read(handle, free.pop());
        // it is waited for later; until then a failure is nobody's yet
        coming.catch(() => undefined);
        yield chunk;
      }
    } finally {
      await coming.catch(() => undefined);
      await handle.close();
    }
  }
  return {
    [Symbol.asyncIterator]: chunks,
    release: (chunk) => {
      if (chunk.length === CHUNK && free.length < SPARE) free.push(chunk);
    },
  };
}

const SPARE = 4;

/** No `Buffer`: the `slice` of those is no copy. */
async function read(handle: FileHandle, buffer: Uint8Array = new Uint8Array(CHUNK)): Promise<Uint8Array> {
  const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
  return bytesRead === CHUNK ? buffer : buffer.subarray(0, bytesRead);
}

function diskFile(file: string, path: string, size: number, modified: number | undefined): Given {
  return {
    path,
    size,
    ...(modified === undefined ? {} : { modified }),
    open: () => (size < CHUNK ? whole(file) : chunksOf(file)),
    random() {
      // only a zip is read so, and a dump has thousands of other files
      let opened: Promise<FileHandle> | undefined;
      return Promise.resolve({
        size,
        async read(offset: number, length: number) {
          const handle = await (opened ??= open(file));
          const buffer = new Uint8Array(length);
          const { bytesRead } = await handle.read(buffer, 0, length, offset);
          return buffer.subarray(0, bytesRead);
        },
        close: async () => (await opened?.catch(() => undefined))?.close(),
      });
    },
  };
}

/** Chunks are handed on as they come, so that what precedes a break is not lost with it. */
async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: CHUNK / 4 });
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk));
  stream.on('error', (error) => (failure = error));
  for await (const chunk of source) {
    await new Promise<void>((resume) => {
      stream.once('close', resume);
      stream.write(chunk, () => {
        stream.off('close', resume);
        resume();
      });
    });
    yield* ready.splice(0);
    if (failure !== undefined) throw failure;
  }
  await new Promise<void>((resume) => {
    stream.once('close', resume);
    stream.once('end', resume);
    stream.end();
  });
  yield* ready.splice(0);
  if (failure !== undefined) throw failure;
}
