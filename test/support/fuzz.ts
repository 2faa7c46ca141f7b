import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { importDump } from '../../src/import.js';
import { importers } from '../../src/importers/all.js';
import type { Importer } from '../../src/importers/importer.js';
import { readWith } from './check-import.js';
import { damaged, damages, type Damage } from './damage.js';
import { integrityFaults } from './integrity.js';
import { memoryDump } from './memory-dump.js';

const FIXTURES = new URL('../fixtures/', import.meta.url);
/** Longer fixtures are cut: the beginning holds every construct, and time goes into more inputs. */
const LONGEST = 16_384;
/** What takes longer on an input of this size hangs; most take a few milliseconds, on a busy machine tenths of a second. */
const HANGS_MS = 60_000;

interface Seed {
  readonly name: string;
  readonly importer: Importer | null;
  readonly content: Uint8Array;
}

/** One fixture of each importer. */
export function lastSeeds(): (Seed & { readonly importer: Importer })[] {
  const last = new Map<string, Seed & { readonly importer: Importer }>();
  for (const seed of seeds())
    if (seed.importer !== null) last.set(seed.importer.id, { ...seed, importer: seed.importer });
  return [...last.values()];
}

/** Fixtures of all importers, and of archives (`importer` null: read from the very beginning). */
export function seeds(): Seed[] {
  const byId = new Map(importers.map((importer) => [importer.id, importer]));
  return readdirSync(FIXTURES)
    .sort()
    .flatMap((id) => {
      const importer = byId.get(id) ?? (id === 'archives' ? null : undefined);
      if (importer === undefined) return [];
      const folder = new URL(`${id}/`, FIXTURES);
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => ({
          name,
          importer,
          content: new Uint8Array(readFileSync(new URL(name, folder))).slice(0, LONGEST),
        }));
    });
}

/** An input that broke something. */
export interface Failure {
  readonly seed: string;
  readonly damage: readonly Damage[];
  readonly fault: string;
}

/**
 * Reads `count` damaged inputs, evenly over all fixtures; the same ones for the same `seed`.
 * @returns what threw, was unsound or took too long (at most 20)
 */
export async function fuzz(count: number, seed: number, progress?: (done: number) => void): Promise<Failure[]> {
  const all = seeds();
  const failures: Failure[] = [];
  const chains = fc.sample(fc.array(damages, { minLength: 1, maxLength: 4 }), {
    numRuns: Math.min(count, 20_000),
    seed,
  });
  for (let i = 0; i < count && failures.length < 20; i++) {
    const one = all[i % all.length]!;
    // a chain meets another fixture each round, because the two lengths share no factor in practice
    const damage = chains[(i + Math.floor(i / chains.length) * 7) % chains.length]!;
    const content = damage.reduce(damaged, one.content);
    const fault = await faultOf(one, content);
    if (fault !== null) failures.push({ seed: `${one.importer?.id ?? 'archives'}/${one.name}`, damage, fault });
    if (i % 1000 === 999) progress?.(i + 1);
  }
  return failures;
}

async function faultOf({ importer, name }: Seed, content: Uint8Array): Promise<string | null> {
  const start = performance.now();
  try {
    const imported =
      importer === null
        ? await importDump(memoryDump([{ path: name, content }], { limits: { ratioFloor: 1e6, totalBytes: 1e8 } }))
        : await readWith(importer, name, content);
    const faults = integrityFaults(imported);
    if (faults.length > 0) return faults[0]!;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const ms = performance.now() - start;
  return ms > HANGS_MS ? `took ${ms.toFixed(0)} ms` : null;
}
