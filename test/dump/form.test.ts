import { expect, it } from 'vitest';
import type { TextForm } from '../../src/types/dump.js';
import { memoryDump } from '../support/memory-dump.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function formOf(content: Uint8Array, streamed: boolean): Promise<TextForm | undefined> {
  const options = streamed ? { chunk: 7, limits: { bufferBytes: 0 } } : {};
  for await (const file of memoryDump([{ path: 'x', content }], options).walk()) {
    for await (const line of file.lines()) expect(line).not.toContain('\r');
    return file.form?.();
  }
  return undefined;
}

const UTF16 = new Uint8Array([0xff, 0xfe, ...Array.from(utf8('a\r\nb\n'), (byte) => [byte, 0]).flat()]);

it.each([
  ['nothing', utf8(''), { encoding: 'utf-8', bom: false, lines: { lf: 0, crlf: 0, crcrlf: 0, open: 0 } }],
  ['Unix', utf8('a\n\nb\n'), { encoding: 'utf-8', bom: false, lines: { lf: 3, crlf: 0, crcrlf: 0, open: 0 } }],
  [
    'Windows',
    utf8('\ufeffa\r\n\r\nb'),
    { encoding: 'utf-8', bom: true, lines: { lf: 0, crlf: 2, crcrlf: 0, open: 1 } },
  ],
  ['both', UTF16, { encoding: 'utf-16le', bom: true, lines: { lf: 1, crlf: 1, crcrlf: 0, open: 0 } }],
])('%s', async (_, content, form) => {
  expect(await formOf(content, false)).toEqual(form);
  expect(await formOf(content, true)).toEqual(form);
});

it('counts lines that a tool ended twice', async () => {
  const twice = utf8('a\r\r\nb\r\r\n');
  for await (const file of memoryDump([{ path: 'x', content: twice }]).walk())
    expect(file.form?.().lines).toEqual({ lf: 0, crlf: 0, crcrlf: 2, open: 0 });
});
