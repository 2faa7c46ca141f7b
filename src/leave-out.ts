import { glob } from './clocks/glob.js';
import { problem } from './errors.js';
import type { Dump, DumpFile } from './types/dump.js';
import type { Problem } from './types/problem.js';

/** A dump without the files that match one of the globs; each file left out is listed among the problems. */
export function leaveOut(dump: Dump, globs: readonly string[]): Dump {
  const left: Problem[] = [];
  return {
    name: dump.name,
    sha256: () => dump.sha256(),
    get problems() {
      return [...dump.problems, ...left];
    },
    async *walk(): AsyncGenerator<DumpFile> {
      for await (const file of dump.walk()) {
        if (globs.some((pattern) => glob(pattern, file.path))) left.push(problem('LEFT_OUT', file.path));
        else yield file;
      }
    },
  };
}
