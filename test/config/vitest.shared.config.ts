import { defineConfig } from 'vitest/config';
import { CorpusReporter } from '../support/corpus-reporter.js';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/shared/**/*.test.ts'],
    exclude: ['node_modules/**'],
    env: { TZ: 'UTC' },
    setupFiles: ['test/config/seed.ts'],
    reporters: ['default', new CorpusReporter()],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
