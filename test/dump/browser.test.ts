import { Blob } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDumpInBrowser, type BrowserFile } from '../../src/dump/browser.js';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';

const ARCHIVES = new URL('../fixtures/archives/', import.meta.url).pathname;

/** What a page gets when a file is dropped on it. */
function dropped(name: string, content: Uint8Array): BrowserFile {
  const blob = new Blob([content]);
  return {
    name,
    size: content.length,
    lastModified: 0,
    stream: () => blob.stream(),
    slice: (from, to) => blob.slice(from, to),
  };
}

describe('in a browser', () => {
  for (const name of [
    'plain.tar',
    'plain.tar.gz',
    'plain.tar.xz',
    'plain.tar.zst',
    'plain.tar.bz2',
    'plain.zip',
    'nested.tar.gz',
  ]) {
    it(`${name} gives the same as in Node`, async () => {
      const bytes = new Uint8Array(readFileSync(ARCHIVES + name));
      const here = await importDump(openDumpInBrowser([dropped(name, bytes)]));
      const there = await importDump(await openDump(ARCHIVES + name));
      expect(here).toEqual(there);
    });
  }

  it('a gzip of several members is read to its end, a cut one as far as it goes', async () => {
    const members = [gzipSync('# TYPE a gauge\na 1\n'), gzipSync('b 2\n')].map((part) => new Uint8Array(part));
    const whole = new Uint8Array([...members[0]!, ...members[1]!]);
    const names = async (content: Uint8Array): Promise<string[]> => {
      const imported = await importDump(openDumpInBrowser([dropped('x.gz', content)]));
      return [...imported.series.map(({ name }) => name), ...imported.problems.map(({ code }) => code)];
    };
    expect(await names(whole)).toEqual(['a', 'b', 'NO_TIME']);
    expect(await names(whole.slice(0, -12))).toContain('TRUNCATED');
  });
});
