import { nodePlatform } from '../../src/dump/node.js';
import { dumpOf } from '../../src/dump/open.js';
import type { Limits } from '../../src/dump/limits.js';
import type { Dump } from '../../src/types/dump.js';

export interface MemoryFile {
  readonly path: string;
  readonly content: Uint8Array | string;
  readonly modified?: number;
}

/** A dump of files at hand, given out in chunks of `chunk` bytes. */
export function memoryDump(
  files: readonly MemoryFile[],
  options: { readonly chunk?: number; readonly limits?: Partial<Limits> } = {},
): Dump {
  const chunk = options.chunk ?? 65536;
  const given = files.map(({ path, content, modified }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return {
      path,
      size: bytes.length,
      ...(modified === undefined ? {} : { modified }),
      async *open() {
        for (let at = 0; at < bytes.length; at += chunk) yield await Promise.resolve(bytes.slice(at, at + chunk));
      },
    };
  });
  return dumpOf('dump', given, nodePlatform, options.limits === undefined ? {} : { limits: options.limits });
}
