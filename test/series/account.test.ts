import { describe, expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { LineAccount } from '../../src/series/account.js';
import { memoryDump } from '../support/memory-dump.js';

describe('the account of lines', () => {
  it('knows what was lost, in whatever order lines are read', () => {
    const account = new LineAccount();
    for (let line = 1; line <= 5000; line++) account.line(line, `line ${line}`);
    expect(account.lost()).toEqual({ count: 5000, line: 1, text: 'line 1' });
    for (let line = 5000; line >= 1; line--) if (line % 1000 !== 7) account.read(line);
    expect(account.lost()).toMatchObject({ count: 5, line: 7 });
    account.read(0);
    account.read(-3);
    account.read(1e9);
    for (let line = 7; line <= 5000; line += 1000) account.read(line);
    expect(account.lost()).toBeNull();
    expect([account.has(7), account.has(6000)]).toEqual([true, false]);
  });

  const free = 'Total: 180\nTCP:   12 (estab 4, closed 1, orphaned 0, timewait 1)\n';
  const unused = async (content: string, chunk?: number): Promise<(string | number | undefined)[][]> => {
    const options = chunk === undefined ? {} : { chunk, limits: { bufferBytes: 0 } };
    const { problems } = await importDump(memoryDump([{ path: 'sockets.txt', content }], options));
    return problems.filter(({ code }) => code === 'LINES_UNUSED').map(({ line, args }) => [line, args['count'], args['found']]); // prettier-ignore
  };

  it('says what no importer understood, and nothing of heads, remarks and dates', async () => {
    const noise = '# 12 remarks\n2024-05-06 10:00:00\n';
    expect(await unused(noise + free)).toEqual([]);
    const lost = `${free}12 cows in 4 fields\n`;
    expect(await unused(lost.repeat(2))).toEqual([[3, 2, '12 cows in 4 fields']]);
  });

  it('does the same for files that are streamed', async () => {
    const content = `${free}12 cows in 4 fields\n${free.repeat(3000)}`;
    expect(await unused(content, 4096)).toEqual([[3, 1, '12 cows in 4 fields']]);
  });
});
