import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import type { CorpusFile, FormatCount } from './corpus.js';

const MANIFEST = new URL('../../../shared/corpus/dev/manifest.json', import.meta.url);
const CHECKS = new URL('../shared/', import.meta.url);

/**
 * Adds up the corpus over all checks in one line. A run of all checks fails when an expectation of the manifest was
 * judged by none of them, whatever its format.
 */
export class CorpusReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (!existsSync(MANIFEST)) return;
    const ran = modules.filter(({ moduleId }) => /\/corpus-\w+\.test\.ts$/.test(moduleId));
    const judged = new Map<string, FormatCount>();
    // several prints of one format say the same
    for (const one of ran)
      for (const test of one.children.allTests())
        for (const [format, count] of Object.entries(test.meta().corpus ?? {})) judged.set(format, count);
    if (judged.size === 0) return;
    const sum = (key: keyof FormatCount): number => [...judged.values()].reduce((all, count) => all + count[key], 0);
    const failed = sum('total') - sum('met') - sum('without');
    const { files } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { files: CorpusFile[] };
    const wanted = new Map<string, number>();
    for (const { format, expected } of files) wanted.set(format, (wanted.get(format) ?? 0) + expected.length);
    console.log(
      `corpus: ${judged.size} of ${wanted.size} formats, ${sum('met')} met, ${sum('without')} without counterpart, ${failed} failed, ${sum('total')} of ${files.reduce((all, { expected }) => all + expected.length, 0)} expectations`,
    );
    const all = readdirSync(CHECKS).filter((file) => /^corpus-\w+\.test\.ts$/.test(file));
    if (ran.length < all.length) return;
    const missing = [...wanted].filter(([format, count]) => judged.get(format)?.total !== count);
    for (const [format, count] of missing)
      console.error(`corpus: ${format}: ${judged.get(format)?.total ?? 0} of ${count} expectations judged`);
    if (missing.length > 0) process.exitCode = 1;
  }
}
