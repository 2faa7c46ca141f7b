import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTables } from './config/generate-docs.js';
import { runCli } from './support/cli.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const scripts = (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> })
  .scripts;

function blocks(language: string): string[] {
  return Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm')), (found) => found[1]!);
}

describe('README', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'inquest-readme-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('its tables are current (npm run docs)', () => {
    expect(withTables(readme) === readme).toBe(true);
  });

  it('every link within the project leads somewhere', () => {
    const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g), (found) => found[1]!);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !existsSync(root + link))).toEqual([]);
  });

  it('its npm commands exist, and every command of inquest in it runs', async () => {
    const lines = blocks('sh')
      .flatMap((block) => block.split('\n'))
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(6);
    const metrics = `${root}data/reference-incident/dump/metrics`;
    for (const line of lines) {
      const words = line.split(/\s+/);
      if (words[0] === 'npm') {
        const name = words[1] === 'run' ? words[2]! : words[1]!;
        expect(scripts, line).toHaveProperty(name);
        continue;
      }
      expect(words[0], line).toBe('inquest');
      const argv = words.slice(1).filter((_, i, all) => all[i] !== '>' && all[i - 1] !== '>');
      const { code, stderr } = await runCli(
        folder,
        ...argv.map((word) => (word === 'dump/' || word.endsWith('.tgz') ? metrics : word)),
      );
      expect(code, `${line}: ${stderr}`).toBe(0);
    }
  });

  it.skipIf(!existsSync(`${root}dist/index.js`))('its TypeScript runs', async () => {
    for (const [i, block] of blocks('ts').entries()) {
      // beside the examples, where the package finds itself by its name
      const local = join(root, 'examples', `.readme-${i}.ts`);
      writeFileSync(local, block);
      try {
        const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', local], { cwd: root });
        expect(stdout).toContain('value');
      } finally {
        rmSync(local);
      }
    }
  });
});
