import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

// examples import the package by its name, as a reader would: they need the build that `npm test` makes first
describe.skipIf(!existsSync(`${root}dist/index.js`))('examples', () => {
  for (const name of readdirSync(`${root}examples`).filter((file) => /^[a-z].*\.ts$/.test(file))) {
    it(`${name} runs and prints what it printed before`, async () => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', `examples/${name}`], {
        cwd: root,
        env: { ...process.env, TZ: 'Asia/Shanghai' },
      });
      expect(stderr).toBe('');
      await expect(stdout).toMatchFileSnapshot(`golden/examples/${name.replace('.ts', '.txt')}`);
    });
  }
});
