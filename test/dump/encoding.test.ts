import { describe, expect, it } from 'vitest';
import { memoryDump } from '../support/memory-dump.js';

const UTF16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const bytes: number[] = mark ? (little ? [0xff, 0xfe] : [0xfe, 0xff]) : [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes.push(...(little ? [code & 255, code >> 8] : [code >> 8, code & 255]));
  }
  return new Uint8Array(bytes);
};
/** `时间,值` and a row, as a Chinese Excel writes them. */
const GB18030 = new Uint8Array([0xca, 0xb1, 0xbc, 0xe4, 0x2c, 0xd6, 0xb5, 0x0a, 0x31, 0x2c, 0x32, 0x0a]);

async function read(content: Uint8Array | string, streamed: boolean): Promise<[string, string]> {
  const options = streamed ? { chunk: 3, limits: { bufferBytes: 0 } } : {};
  // a stream is only a stream beyond what recognition reads
  const filler = streamed ? new Uint8Array(70_000).fill(0x0a) : new Uint8Array(0);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const wide = bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0;
  const all = wide ? bytes : new Uint8Array([...bytes, ...filler]);
  for await (const file of memoryDump([{ path: 'x', content: all }], options).walk()) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let text = '';
    const { head } = file;
    for await (const chunk of file.bytes()) text += decoder.decode(chunk, { stream: true });
    return [head.text.replace(/\n+$/, '\n'), text.replace(/\n+$/, '\n')];
  }
  throw new RangeError('expected a file');
}

describe('texts are read', () => {
  const TEXT = '时间,值\n1,2\n';
  const cases: Readonly<Record<string, Uint8Array | string>> = {
    'as UTF-8': TEXT,
    'as UTF-8 with a mark': `\ufeff${TEXT}`,
    'as UTF-16LE with a mark': UTF16(TEXT, true, true),
    'as UTF-16BE with a mark': UTF16(TEXT, false, true),
    'as GB18030': GB18030,
  };
  for (const [name, content] of Object.entries(cases)) {
    it(name, async () => {
      for (const streamed of [false, true]) expect(await read(content, streamed)).toEqual([TEXT, TEXT]);
    });
  }

  it('as UTF-16LE without a mark', async () => {
    expect((await read(UTF16('time,value\n1,2\n', true, false), false))[0]).toBe('time,value\n1,2\n');
  });

  it('as UTF-8 when one byte is broken', async () => {
    const bytes = new TextEncoder().encode(`${'plain text '.repeat(20)}x\n`);
    bytes[50] = 0xff;
    expect((await read(bytes, false))[0]).toContain('\ufffd');
  });

  it('without terminal noise', async () => {
    const noise = '\u001b[31mred\u001b[0m \u001b]0;title\u0007ok a\bb\r\nnext\r\n';
    expect((await read(noise, false))[0]).toBe('red ok b\nnext\n');
  });
});
