import type { Entry, FileEntry } from '@zip.js/zip.js';
import type { Opening, Wrapped } from './unpack.js';
import { limited } from './decompress.js';
import { EmptyFolders } from './folders.js';
import { nameFault } from './member-name.js';
import { PeekStream } from './peek.js';

/** Reading anywhere in a file. */
export interface RandomAccess {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Largest zip inside another archive, which must be held in memory: its table of contents is at the end. */
const HELD = 512 * 1024 * 1024;
const XLSX = 'xl/workbook.xml';

/** Members of a zip in the order of its table of contents. Encrypted members and links are reported, not read. */
export async function* walkZip(archive: Wrapped, opening: Opening): AsyncGenerator<Wrapped> {
  const zip = await import('@zip.js/zip.js');
  zip.configure({ useWebWorkers: false });
  const access = archive.random ?? (await hold(archive, opening));
  if (access === null) return;
  const reader = new zip.ZipReader(accessReader(zip.Reader, access));
  try {
    const entries = await reader.getEntries({ filenameValidation: 'tolerant' });
    if (entries.some((entry) => entry.filename === XLSX)) {
      opening.problem('BINARY_FILE', archive.path, { kind: 'Excel workbook; save its sheets as CSV' });
      return;
    }
    const folders = new EmptyFolders();
    for (const entry of entries) {
      folders.add(entry.filename, entry.directory);
      const member = openMember(archive, entry, opening);
      if (member === 'limit') return;
      if (member !== null) yield member;
    }
    for (const name of folders.names())
      opening.problem('MEMBER_SKIPPED', `${archive.path}!/${name}`, { reason: 'empty folder' });
  } catch (error) {
    opening.problem('UNREADABLE', archive.path, { reason: reasonOf(error) });
  }
}

function openMember(archive: Wrapped, entry: Entry, opening: Opening): Wrapped | null | 'limit' {
  const path = `${archive.path}!/${entry.filename}`;
  const fault = nameFault(entry.filename);
  if (fault !== null) {
    opening.problem('MEMBER_SKIPPED', path, { reason: fault });
    return null;
  }
  if (entry.directory) return null;
  if (entry.encrypted) {
    opening.problem('MEMBER_SKIPPED', path, { reason: 'encrypted, not read' });
    return null;
  }
  // the upper half of the external attributes holds the Unix mode
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) {
    opening.problem('MEMBER_SKIPPED', path, { reason: 'link, not followed' });
    return null;
  }
  if (!opening.budget.enter()) {
    opening.problem('ARCHIVE_LIMIT', path, { reason: `more than ${opening.budget.limits.entries} members` });
    return 'limit';
  }
  const packed = Math.max(1, entry.compressedSize);
  const { ratio, ratioFloor } = opening.budget.limits;
  if (entry.uncompressedSize > ratioFloor && entry.uncompressedSize > ratio * packed) {
    const reason = `expands ${Math.round(entry.uncompressedSize / packed)} times to ${entry.uncompressedSize} bytes`;
    opening.problem('ARCHIVE_LIMIT', path, { reason: `${reason}, at most ${ratio} times is read` });
    return null;
  }
  const modified = entry.lastModDate.getTime();
  return {
    path,
    stream: new PeekStream(limited(contentOf(entry), () => packed, opening.budget)),
    size: entry.uncompressedSize,
    ...(modified > 0 ? { modified } : {}),
  };
}

async function* contentOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  let failure: unknown;
  const done = entry.getData(writable).catch((error: unknown) => {
    failure = error;
    return writable.abort(error).catch(() => undefined);
  });
  const reader = readable.getReader();
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) break;
      yield step.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  await done;
  if (failure !== undefined) throw failure instanceof Error ? failure : new Error(reasonOf(failure));
}

async function hold(archive: Wrapped, opening: Opening): Promise<RandomAccess | null> {
  const all = await archive.stream.peek(HELD + 1);
  if (all.length > HELD) {
    opening.problem('ARCHIVE_LIMIT', archive.path, { reason: `zip of more than ${HELD} bytes inside an archive` });
    return null;
  }
  return { size: all.length, read: (offset, length) => Promise.resolve(all.subarray(offset, offset + length)) };
}

type ReaderClass = (typeof import('@zip.js/zip.js'))['Reader'];

function accessReader(Base: ReaderClass, access: RandomAccess): InstanceType<ReaderClass> {
  class AccessReader extends Base<RandomAccess> {
    override size = access.size;
    override readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      return access.read(index, length) as Promise<Uint8Array<ArrayBuffer>>;
    }
  }
  return new AccessReader(access);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
