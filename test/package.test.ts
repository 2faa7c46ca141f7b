import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

// the tarball as npm would publish it, unpacked where a user's project would have it, its dependencies linked: no network
describe.skipIf(!existsSync(`${root}dist/cli.js`))('the package', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inquest-package-'));
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    const { filename } = (JSON.parse(packed) as { filename: string }[])[0]!;
    const home = join(folder, 'node_modules', 'inquest');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components=1']);
    const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const modules = dirname(dirname(createRequire(import.meta.url).resolve('arquero/package.json')));
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
      symlinkSync(join(modules, name), join(folder, 'node_modules', name));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is imported as an ES module, and required from CommonJS', async () => {
    writeFileSync(
      join(folder, 'a.mjs'),
      "import { causes, openDump } from 'inquest'; console.log(typeof openDump, causes.length > 10);",
    );
    writeFileSync(
      join(folder, 'b.cjs'),
      "const { causes, openDump } = require('inquest'); console.log(typeof openDump, causes.length > 10);",
    );
    for (const file of ['a.mjs', 'b.cjs'])
      expect((await run(process.execPath, ['--no-warnings', file], { cwd: folder })).stdout).toBe('function true\n');
  });

  it('its command writes the report of the bundled incident where it is called', async () => {
    const { stderr } = await run(process.execPath, ['node_modules/inquest/dist/cli.js', 'demo', '--no-open'], {
      cwd: folder,
    });
    expect(stderr).toContain('inquest-demo.html');
    expect(readFileSync(join(folder, 'inquest-demo.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('has types for its door, and no tests, sources or workplace within', () => {
    const home = join(folder, 'node_modules', 'inquest');
    expect(existsSync(join(home, 'dist/index.d.ts'))).toBe(true);
    for (const path of ['src', 'test', 'examples', '.ci']) expect(existsSync(join(home, path))).toBe(false);
  });
});
