import { pack } from 'tar-stream';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { memoryDump } from '../support/memory-dump.js';

async function tarOf(members: readonly { name: string; type: 'file' | 'directory' }[]): Promise<Uint8Array> {
  const tar = pack();
  for (const { name, type } of members) tar.entry({ name, type }, type === 'file' ? 'up 1 1700000000000\n' : '');
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}

const MEMBERS = [
  { name: './d/', type: 'directory' },
  { name: './d/empty', type: 'directory' },
  { name: './d/sub/', type: 'directory' },
  { name: './d/sub/deep/up.prom', type: 'file' },
] as const;

it('empty folders of a tar are told, others are not', async () => {
  const { problems, files } = await importDump(memoryDump([{ path: 'a.tar', content: await tarOf(MEMBERS) }]));
  expect(problems.filter(({ code }) => code === 'MEMBER_SKIPPED').map(({ file }) => file)).toEqual(['a.tar!/d/empty']);
  expect(files.map(({ path }) => path)).toEqual(['a.tar!/d/empty', 'a.tar!/d/sub/deep/up.prom']);
});

it('empty folders of a zip are told', async () => {
  const writer = new ZipWriter(new BlobWriter());
  await writer.add('d/', undefined, { directory: true });
  await writer.add('e/up.prom', new TextReader('up 1 1700000000000\n'));
  await writer.add('e/', undefined, { directory: true });
  const content = new Uint8Array(await (await writer.close()).arrayBuffer());
  const { problems } = await importDump(memoryDump([{ path: 'a.zip', content }]));
  expect(problems.map(({ code, file }) => `${code} ${file}`)).toEqual(['MEMBER_SKIPPED a.zip!/d']);
});
