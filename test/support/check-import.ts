import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../src/dump/context.js';
import { timeOfPath } from '../../src/dump/clock.js';
import { sniff } from '../../src/dump/sniff.js';
import { importDump } from '../../src/import.js';
import { importers } from '../../src/importers/all.js';
import type { Importer } from '../../src/importers/importer.js';
import type { Imported } from '../../src/series/foreign.js';
import { ImportSession } from '../../src/series/session.js';
import type { DumpFile } from '../../src/types/dump.js';
import { integrityFaults } from './integrity.js';
import { memoryDump } from './memory-dump.js';
import { damaged, type Damage, damages } from './damage.js';
import { summary } from './summary.js';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const GOLDEN = new URL('../golden/import/', import.meta.url);
/** When a fixture without times of its own was taken. */
const TAKEN = Date.UTC(2024, 4, 6, 10, 0, 0);

export interface CheckOptions {
  /** Path under which the fixture lies in the dump, where the importer uses what the path tells (`proc/812/sched`). */
  readonly path?: string;
  /** Inputs damaged at random; more for short fixtures. */
  readonly runs?: number;
  /** The format is not made of lines (CRLF would change quoted cells). */
  readonly keepLineEnds?: boolean;
  /** Only the path names the quantity: under another name the file must not be taken for the same quantity. */
  readonly named?: 'path';
}

/** One importer on one file, recognition left out; rejects if the importer throws. */
export async function readWith(
  importer: Importer,
  path: string,
  content: Uint8Array,
  options: { readonly chunk?: number } = {},
): Promise<Imported> {
  const limits = options.chunk === undefined ? {} : { limits: { bufferBytes: 0 } };
  const dump = memoryDump([{ path, content, modified: TAKEN }], { ...options, ...limits });
  const session = new ImportSession();
  for await (const file of dump.walk()) {
    const time = timeOfPath(file.path);
    const taken = time === undefined ? ({ time: TAKEN, how: 'file' } as const) : ({ time, how: 'path' } as const);
    const sink = session.open(file.path, taken, contextOf(file.path));
    sink.importer = importer.id;
    await importer.read(file, sink);
    sink.close(importer.id);
  }
  return session.finish('dump', dump.sha256(), dump.problems);
}

/** The file as the importers see it. */
export async function openFile(path: string, content: Uint8Array | string): Promise<DumpFile> {
  for await (const file of memoryDump([{ path, content }]).walk()) return file;
  throw new RangeError('expected a file, found none');
}

/**
 * Checks of one importer on one fixture (`test/fixtures/<id>/<fixture>`): golden, recognition among all importers,
 * same result under another name, in 64-byte chunks, with CRLF and byte-order mark; whatever is cut or damaged, it
 * never throws and what it yields is sound.
 */
export function checkImport(id: string, fixture: string, options: CheckOptions = {}): void {
  const importer = importers.find((one) => one.id === id);
  if (importer === undefined) throw new RangeError(`expected an importer with id "${id}", add its line to index.ts`);
  const content = new Uint8Array(readFileSync(new URL(`${id}/${fixture}`, FIXTURES)));
  const path = options.path ?? fixture;
  const context = contextOf(path);
  const read = (bytes: Uint8Array, more: { chunk?: number } = {}): Promise<Imported> =>
    readWith(importer, path, bytes, more);

  describe(`${id} reads ${fixture}`, () => {
    it('golden', async () => {
      const imported = await read(content);
      expect(integrityFaults(imported)).toEqual([]);
      await expect(summary(imported)).toMatchFileSnapshot(new URL(`${id}/${fixture}.txt`, GOLDEN).pathname);
    });

    it('is recognised, and by no other as surely', async () => {
      const { head } = await openFile(path, content);
      const [best, second] = sniff(head, importers);
      expect(best?.importer.id).toBe(id);
      expect(second?.score ?? 0, `second is ${second?.importer.id ?? 'none'}`).toBeLessThan(best!.score);
    });

    it.runIf(options.named === 'path')('is not taken for the same quantity under another name', async () => {
      const names = ({ series, facts }: Imported): string[] => [...series, ...facts].map(({ name }) => name);
      const own = names(await read(content));
      expect(own).not.toEqual([]);
      const elsewhere = await importDump(memoryDump([{ path: 'unknown', content, modified: TAKEN }]));
      expect(names(elsewhere).filter((name) => own.includes(name))).toEqual([]);
    });

    it.skipIf(options.named === 'path')('gives the same under another name', async () => {
      const elsewhere = `${path.slice(0, path.lastIndexOf('/') + 1)}other-name`;
      const { head } = await openFile('unknown', content);
      expect(sniff(head, importers)[0]?.importer.id).toBe(id);
      const renamed = await readWith(importer, elsewhere, content);
      const same = (imported: Imported, own: string): string => summary(imported, { without: context, path: own });
      expect(same(renamed, elsewhere)).toBe(same(await read(content), path));
    });

    it('gives the same in chunks of 64 bytes', async () => {
      expect(summary(await read(content, { chunk: 64 }))).toBe(summary(await read(content)));
    });

    it.skipIf(options.keepLineEnds === true)('gives the same with CRLF and byte-order mark', async () => {
      const text = new TextDecoder().decode(content).replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
      const bytes = new TextEncoder().encode(`\ufeff${text}`);
      expect(summary(await read(bytes))).toBe(summary(await read(content)));
      expect(summary(await read(bytes, { chunk: 64 }))).toBe(summary(await read(content)));
    });

    it('never throws, whatever is cut or damaged', async () => {
      const sound = async (damage: Damage): Promise<void> => {
        const imported = await read(damaged(content, damage));
        expect(integrityFaults(imported)).toEqual([]);
      };
      await fc.assert(fc.asyncProperty(damages, sound), { seed: 1, numRuns: options.runs ?? 60 });
    });
  });
}

/** Contents that an importer must leave alone: score below every claim. */
export function checkNotMine(id: string, looks: Readonly<Record<string, string>>): void {
  describe(`${id} leaves alone`, () => {
    for (const [name, content] of Object.entries({ 'an empty file': '', ...looks })) {
      it(name, async () => {
        const importer = importers.find((one) => one.id === id)!;
        const { head } = await openFile('unknown', content);
        expect(importer.sniff(head)).toBeLessThan(0.3);
      });
    }
  });
}
