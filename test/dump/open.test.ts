import {
  readdirSync,
  readlinkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { nodePlatform, openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import type { Limits } from '../../src/dump/limits.js';
import type { Dump } from '../../src/types/dump.js';
import { memoryDump } from '../support/memory-dump.js';

const ARCHIVES = new URL('../fixtures/archives/', import.meta.url).pathname;
const UP = '# TYPE up gauge\nup{job="a"} 1 1700000000000\n';

/** Path and text of every file. */
async function contents(dump: Dump): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for await (const file of dump.walk()) all[file.path] = await file.text();
  return all;
}

const problemsOf = (dump: Dump): string[] => dump.problems.map(({ code, file }) => `${code} ${file}`);

describe('archives', () => {
  for (const name of ['plain.tar', 'plain.tar.gz', 'plain.tar.xz', 'plain.tar.zst', 'plain.tar.bz2']) {
    it(`${name} is opened, its link is not followed`, async () => {
      const dump = await openDump(ARCHIVES + name);
      const all = await contents(dump);
      expect(Object.keys(all).sort()).toEqual([`${name}!/d/metrics.prom`, `${name}!/d/sub/down.prom`]);
      expect(all[`${name}!/d/metrics.prom`]).toBe(UP);
      expect(problemsOf(dump)).toEqual([`MEMBER_SKIPPED ${name}!/d/link`]);
    });
  }

  it('a zip gives its members but those that would leave it', async () => {
    const dump = await openDump(`${ARCHIVES}plain.zip`);
    const all = await contents(dump);
    expect(Object.keys(all)).toEqual(['plain.zip!/d/metrics.prom', 'plain.zip!/d/sub/down.prom']);
    expect(problemsOf(dump)).toEqual(['MEMBER_SKIPPED plain.zip!/../out.prom']);
  });

  it('archives in archives are opened down to the limit', async () => {
    const path = `${ARCHIVES}nested.tar.gz`;
    const all = await contents(await openDump(path));
    expect(Object.keys(all)).toContain('nested.tar.gz!/middle.zip!/inner.tar.gz!/d/metrics.prom');
    const shallow = await openDump(path, { limits: { depth: 3 } });
    expect(await contents(shallow)).toEqual({});
    expect(shallow.problems.map(({ code }) => code)).toEqual(['ARCHIVE_TOO_DEEP']);
  });

  it('a member keeps the time at which it was changed', async () => {
    for await (const file of (await openDump(`${ARCHIVES}plain.tar.gz`)).walk())
      expect(file.modified).toBe(Date.UTC(2024, 4, 6, 10, 0, 0));
  });

  it('cut anywhere, they give what came before and say so', async () => {
    for (const name of ['plain.tar', 'plain.tar.gz', 'plain.tar.xz', 'plain.tar.zst', 'plain.tar.bz2', 'plain.zip']) {
      const bytes = new Uint8Array(readFileSync(ARCHIVES + name));
      for (const share of [0.3, 0.6, 0.9]) {
        const dump = memoryDump([{ path: name, content: bytes.slice(0, Math.floor(bytes.length * share)) }]);
        const imported = await importDump(dump);
        expect(imported.problems.length, `${name} at ${share}`).toBeGreaterThan(0);
      }
    }
  });

  it('members of one name stay apart', async () => {
    const dump = memoryDump([
      { path: 'a.prom', content: UP },
      { path: 'a.prom', content: UP },
    ]);
    expect(Object.keys(await contents(dump))).toEqual(['a.prom', 'a.prom (2)']);
  });
});

describe('limits', () => {
  const bomb = gzipSync(new Uint8Array(3_000_000));
  const read = async (limits: Partial<Limits>, content: Uint8Array = bomb): Promise<string[]> => {
    const dump = memoryDump([{ path: 'bomb.gz', content }], { limits });
    for await (const file of dump.walk())
      for await (const chunk of file.bytes()) expect(chunk.length).toBeGreaterThan(0);
    return dump.problems.map(({ code }) => code);
  };

  it('stop what expands beyond all measure', async () => {
    expect(await read({ ratio: 100, ratioFloor: 1_000_000 })).toEqual(['ARCHIVE_LIMIT']);
    expect(await read({ memberBytes: 2_000_000 })).toEqual(['ARCHIVE_LIMIT']);
    expect(await read({ totalBytes: 2_000_000 })).toEqual(['ARCHIVE_LIMIT']);
    expect(await read({})).toEqual([]);
  });

  it('stop an archive with too many members', async () => {
    const tar = new Uint8Array(readFileSync(`${ARCHIVES}plain.tar`));
    expect(await read({ entries: 1 }, tar)).toContain('ARCHIVE_LIMIT');
  });
});

function targetOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}

describe('long files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-long-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'long.json');
  const values = Array.from({ length: 200_000 }, (_, i) => `[${1_700_000_000 + i},"${(i * 7919) / 4096}"]`).join(',');
  const text = `{"data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[${values}]}]}}`;
  writeFileSync(path, text);
  const limits = { bufferBytes: 1000 };

  it('are the same in chunks that are kept and in chunks that are filled again', async () => {
    for (const lent of [false, true]) {
      const kept: Uint8Array[] = [];
      const hash = nodePlatform.hash();
      const dump = await openDump(path, { limits });
      for await (const file of dump.walk()) {
        for await (const chunk of file.bytes({ lent })) {
          hash.update(chunk);
          kept.push(chunk);
        }
        expect(file.head.bytes.length).toBe(64 * 1024);
        expect(file.head.text).toBe(new TextDecoder().decode(file.head.bytes));
      }
      expect(kept.length).toBeGreaterThan(4);
      const whole = nodePlatform.hash();
      whole.update(new TextEncoder().encode(text));
      expect(hash.hex()).toBe(whole.hex());
      expect(Buffer.concat(kept).toString() === text).toBe(!lent);
    }
  });

  it.skipIf(process.platform !== 'linux')('are closed when a walk is broken off', async () => {
    const opened = (): number => readdirSync('/proc/self/fd').filter((fd) => targetOf(fd) === path).length;
    for (const read of [false, true]) {
      for await (const file of (await openDump(path, { limits })).walk()) {
        if (read) for await (const chunk of file.bytes({ lent: true })) if (chunk.length > 0) break;
        expect(opened()).toBeGreaterThan(0);
        break;
      }
      expect(opened()).toBe(0);
    }
  });

  it('give what they give when they are held as a whole', async () => {
    const long = await importDump(await openDump(path, { limits }));
    const held = await importDump(await openDump(path));
    expect(long.series[0]!.time.length).toBe(200_000);
    expect(long).toEqual(held);
  });
});

describe('files and folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-open-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'b', 'two.prom'), UP);
  writeFileSync(join(folder, 'a.prom'), UP);
  symlinkSync('/etc/passwd', join(folder, 'link'));
  symlinkSync('..', join(folder, 'b', 'loop'));

  it('are walked in order, links left out', async () => {
    expect(Object.keys(await contents(await openDump(folder)))).toEqual(['a.prom', 'b/two.prom']);
  });

  it('can be given in any mixture', async () => {
    const dump = await openDump([join(folder, 'b'), join(folder, 'a.prom'), `${ARCHIVES}plain.zip`]);
    expect(Object.keys(await contents(dump))).toEqual([
      'b/two.prom',
      'a.prom',
      'plain.zip!/d/metrics.prom',
      'plain.zip!/d/sub/down.prom',
    ]);
  });

  it('have one checksum, whatever is read of them', async () => {
    const whole = await openDump(folder);
    await contents(whole);
    const skimmed = await openDump(folder);
    for await (const file of skimmed.walk()) expect(file.path).not.toBe('');
    expect(skimmed.sha256()).toBe(whole.sha256());
    expect(whole.sha256()).toMatch(/^[0-9a-f]{64}$/);
    const other = memoryDump([{ path: 'a.prom', content: UP }]);
    await contents(other);
    expect(other.sha256()).not.toBe(whole.sha256());
  });

  it('have no time unless asked for', async () => {
    for await (const file of (await openDump(folder)).walk()) expect(file.modified).toBeUndefined();
    for await (const file of (await openDump(folder, { fileTimes: true })).walk())
      expect(file.modified).toBeGreaterThan(0);
  });

  it('must exist', async () => {
    await expect(openDump(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'NO_SUCH_PATH' });
  });
});

describe('a file', () => {
  it('is the same as a whole and as a stream', async () => {
    const content = Array.from({ length: 3000 }, (_, i) => `line ${i} é\r\n`).join('');
    const read = async (limits: Partial<Limits>, chunk: number): Promise<string[]> => {
      const lines: string[] = [];
      for await (const file of memoryDump([{ path: 'x', content }], { limits, chunk }).walk())
        for await (const line of file.lines()) lines.push(line);
      return lines;
    };
    const whole = await read({}, 65536);
    expect(whole).toHaveLength(3000);
    expect(whole[2999]).toBe('line 2999 é');
    expect(await read({ bufferBytes: 0 }, 7)).toEqual(whole);
  });

  it('refuses to be one text when it is too large', async () => {
    for await (const file of memoryDump([{ path: 'x', content: 'abc' }]).walk())
      await expect(file.text(2)).rejects.toBeInstanceOf(RangeError);
  });
});
