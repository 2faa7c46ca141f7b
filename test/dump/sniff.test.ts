import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/dump/sniff.js';
import { importDump } from '../../src/import.js';
import { importers } from '../../src/importers/all.js';
import type { Importer } from '../../src/importers/importer.js';
import { openFile } from '../support/check-import.js';
import { memoryDump } from '../support/memory-dump.js';

const failing: Importer = {
  id: 'failing',
  title: 'always fails',
  format: { reference: 'https://example.org', versions: 'none' },
  sniff: () => 1,
  read: () => Promise.reject(new Error('broken')),
};

describe('recognition', () => {
  it('is the same whatever the order of the importers', async () => {
    const { head } = await openFile('x', '# TYPE up gauge\nup 1\n');
    const ids = (list: readonly Importer[]): string[] => sniff(head, list).map(({ importer }) => importer.id);
    expect(ids(importers.toReversed())).toEqual(ids(importers));
    expect(ids(importers)[0]).toBe('prometheus-text');
  });

  it('survives a sniffer that fails', async () => {
    const { head } = await openFile('x', 'a');
    const throwing = { ...failing, sniff: () => { throw new Error('no'); } }; // prettier-ignore
    expect(sniff(head, [throwing])).toEqual([]);
  });

  it('survives an importer that fails, and keeps what the others read', async () => {
    const imported = await importDump(memoryDump([{ path: 'x', content: 'a\n' }]), [failing]);
    expect(imported.problems.map(({ code }) => code)).toEqual(['IMPORTER_FAILED']);
  });

  it('says what a file is that nobody reads', async () => {
    const cases: Readonly<Record<string, string>> = {
      '': 'EMPTY_FILE',
      '<!DOCTYPE html><html><head><title>Log in</title>': 'HTML_PAGE',
      'bash: ss: command not found\n': 'COMMAND_FAILED',
      '\u007fELF\u0002\u0001': 'BINARY_FILE',
      'The quick brown fox\njumps\n': 'NOT_RECOGNISED',
    };
    for (const [content, code] of Object.entries(cases)) {
      const imported = await importDump(memoryDump([{ path: 'x', content }]));
      expect(
        imported.problems.map((one) => one.code),
        content,
      ).toEqual([code]);
    }
  });
});
