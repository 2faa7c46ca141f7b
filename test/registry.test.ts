import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importers } from '../src/importers/all.js';
import { problems } from '../src/text/en/problems.js';
import { problemsZh } from '../src/text/zh/problems.js';

const SRC = new URL('../src/', import.meta.url);

/** Folders of parallel units: one line in `index.ts` for each file, except for these. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  importers: ['importer', 'all', 'index'],
  detectors: ['detector', 'all', 'index'],
  causes: ['cause', 'all', 'index'],
  charts: ['chart', 'all', 'index', 'theme', 'rows'],
};

function camel(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

describe('every unit has its line in index.ts', () => {
  for (const [folder, fixed] of Object.entries(FOLDERS)) {
    it(folder, () => {
      const path = new URL(`${folder}/`, SRC);
      const barrel = readFileSync(new URL('index.ts', path), 'utf8');
      const units = readdirSync(path)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
        .map((file) => file.slice(0, -3))
        .filter((unit) => !fixed.includes(unit));
      expect(units.length).toBeGreaterThan(0);
      const missing = units.filter((unit) => !barrel.includes(`from './${unit}.js'`));
      const lines = missing.map((unit) => `export { ${camel(unit)} } from './${unit}.js';`);
      expect(lines, `add to src/${folder}/index.ts`).toEqual([]);
      // nothing but such lines, so that parallel branches merge without conflict
      for (const line of barrel.split('\n').filter((text) => text !== ''))
        expect(line).toMatch(/^export \{ \w+ \} from '\.\/[\w-]+\.js';$/);
    });
  }
});

describe('importers', () => {
  const byId = new Map(importers.map((importer) => [importer.id, importer]));

  it('have the id of their file, once', () => {
    expect(byId.size).toBe(importers.length);
    for (const id of byId.keys())
      expect(existsSync(new URL(`importers/${id}.ts`, SRC)), `src/importers/${id}.ts`).toBe(true);
  });

  it('have a test and fixtures', () => {
    const missing = [...byId.keys()].filter((id) => {
      const fixtures = new URL(`fixtures/${id}/`, import.meta.url);
      return (
        !existsSync(new URL(`importers/${id}.test.ts`, import.meta.url)) ||
        !existsSync(fixtures) ||
        readdirSync(fixtures).length === 0
      );
    });
    expect(missing).toEqual([]);
  });

  it('say what they read', () => {
    for (const { id, title, format } of importers) {
      expect(title, id).not.toBe('');
      expect(format.reference, id).toMatch(/^https?:\/\//);
      expect(format.versions, id).not.toBe('');
    }
  });
});

describe('sentences of problems', () => {
  it('are sorted by code', () => {
    const codes = Object.keys(problems);
    expect(codes).toEqual(codes.toSorted());
  });

  it('exist in Chinese with the same placeholders', () => {
    const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [code, english] of Object.entries(problems)) {
      const chinese = problemsZh[code as keyof typeof problems];
      expect(chinese, code).toBeDefined();
      expect(placeholders(chinese ?? ''), code).toEqual(placeholders(english));
    }
  });

  it('begin in lower case and end without a period', () => {
    for (const [code, text] of Object.entries(problems))
      expect(text, code).toMatch(/^(?:[^A-Z]|HTML|[A-Z]{2,}).*[^.]$/s);
  });
});
