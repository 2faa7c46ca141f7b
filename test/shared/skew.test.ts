/** No recorded incident has clocks that run apart: all its sources were taken on one machine. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { prepare } from '../../src/series/prepare.js';
import { memoryDump } from '../support/memory-dump.js';

const CASES = new URL('../../../shared/cases/', import.meta.url);
const here = existsSync(CASES);
if (!here) console.log('skipped: no recorded cases beside the project');

function filesOf(folder: URL, prefix = ''): { path: string; content: Uint8Array }[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const url = new URL(name, folder);
      if (statSync(url).isDirectory()) return filesOf(new URL(`${name}/`, folder), `${prefix}${name}/`);
      return [{ path: `${prefix}${name}`, content: new Uint8Array(readFileSync(url)) }];
    });
}

const names = here ? readdirSync(CASES).filter((name) => existsSync(new URL(`${name}/dump/`, CASES))) : [];

describe.skipIf(!here)('clocks of recorded incidents', () => {
  it.each(names)('%s: no skew', async (name) => {
    const { problems } = prepare(await importDump(memoryDump(filesOf(new URL(`${name}/dump/`, CASES)))));
    expect(problems.filter(({ code }) => code === 'CLOCK_SKEW').map(({ message }) => message)).toEqual([]);
  });
});
