import type { Opening, Wrapped } from './unpack.js';
import { EmptyFolders } from './folders.js';
import { LimitError } from './limits.js';
import { nameFault } from './member-name.js';
import { PeekStream } from './peek.js';

/** Members of a tar stream, read once from front to end. Links are reported, never followed. */
export async function* walkTar(archive: Wrapped, opening: Opening): AsyncGenerator<Wrapped> {
  const { extract } = await import('tar-stream');
  const tar = extract();
  const folders = new EmptyFolders();
  const feeding = feed(archive.stream, tar);
  try {
    for await (const entry of tar) {
      const { header } = entry;
      const path = `${archive.path}!/${header.name.replace(/^(\.\/)+/, '')}`;
      folders.add(header.name, header.type === 'directory');
      const fault = refusal(header.name, header.type ?? 'file', header.linkname ?? null, opening);
      if (fault === 'limit') break;
      if (fault !== null) {
        if (fault.reason !== undefined) opening.problem('MEMBER_SKIPPED', path, { reason: fault.reason });
        entry.resume();
        continue;
      }
      const modified = header.mtime?.getTime();
      const stream = new PeekStream(entry as AsyncIterable<Uint8Array>);
      yield {
        path,
        stream,
        ...(header.size === undefined ? {} : { size: header.size }),
        // mtime 0 means "unknown" in archives made reproducible
        ...(modified === undefined || modified <= 0 ? {} : { modified }),
      };
      await stream.drain();
    }
    for (const name of folders.names())
      opening.problem('MEMBER_SKIPPED', `${archive.path}!/${name}`, { reason: 'empty folder' });
  } catch {
    opening.problem('TRUNCATED', archive.path, { kept: 'members before the break' });
  }
  await feeding;
}

function refusal(
  name: string,
  type: string,
  target: string | null,
  opening: Opening,
): { reason?: string } | 'limit' | null {
  if (type === 'directory') return {};
  const fault = nameFault(name);
  if (fault !== null) return { reason: fault };
  if (type === 'symlink' || type === 'link') return { reason: `link to ${target ?? '?'}, not followed` };
  if (type !== 'file' && type !== 'contiguous-file') return { reason: `special file (${type})` };
  if (!opening.budget.enter()) {
    opening.problem('ARCHIVE_LIMIT', name, { reason: `more than ${opening.budget.limits.entries} members` });
    return 'limit';
  }
  return null;
}

interface Writable {
  write(chunk: Uint8Array): boolean;
  end(data?: unknown): unknown;
  destroy(error?: Error): void;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
  readonly destroyed: boolean;
}

async function feed(source: PeekStream, tar: Writable): Promise<void> {
  for await (const chunk of source) {
    if (tar.destroyed) return;
    if (!tar.write(chunk))
      await new Promise<void>((resume) => {
        const go = (): void => {
          tar.off('drain', go);
          tar.off('close', go);
          resume();
        };
        tar.once('drain', go);
        tar.once('close', go);
      });
  }
  if (source.failure === undefined) tar.end();
  else tar.destroy(new LimitError(source.failure));
}
