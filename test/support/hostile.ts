import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import type { Imported } from '../../src/series/foreign.js';

const FOLDER = new URL('../../../shared/corpus/hostile/', import.meta.url);

export interface HostileFile {
  readonly file: string;
  readonly expected: readonly Readonly<Record<string, unknown>>[];
}

/** The hostile files with what is asked of them; empty where they are not at hand. */
export function hostileFiles(): HostileFile[] {
  const manifest = new URL('manifest.json', FOLDER);
  if (!existsSync(manifest)) return [];
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { files: HostileFile[] }).files;
}

export function hostilePath(file: string): string {
  return new URL(file, FOLDER).pathname;
}

/** What takes longer hangs, for whoever waits; most take a few tenths of a second. */
export const HANGS_MS = 60_000;

/** An import of one hostile file with what it cost. */
export interface Outcome {
  readonly imported: Imported;
  readonly ms: number;
  /** Bytes by which the resident size of the process grew at most. */
  readonly grown: number;
  /** Files that appeared in the folders watched. */
  readonly written: readonly string[];
}

/** Imports one file and watches time, memory and the folders an escape would aim at. */
export async function attempt(file: string): Promise<Outcome> {
  const watched = ['/tmp', '/', process.cwd(), join(process.cwd(), '..'), FOLDER.pathname];
  const before = new Map(watched.map((folder) => [folder, listing(folder)]));
  const base = process.memoryUsage().rss;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const start = performance.now();
  const imported = await importDump(await openDump(hostilePath(file)));
  const ms = performance.now() - start;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage().rss);
  const written = watched.flatMap((folder) =>
    [...listing(folder)].filter(
      (name) => !before.get(folder)!.has(name) && /inquest-|evil|pwn|escape|passwd/i.test(name),
    ),
  );
  return { imported, ms, grown: peak - base, written };
}

function listing(folder: string): Set<string> {
  return new Set(
    readdirSync(folder).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false }) !== undefined),
  );
}

/** Every text that an import hands on to a report. */
export function textsOf(imported: Imported): string[] {
  return [
    ...imported.series.flatMap(({ name, labels }) => [name, ...Object.entries(labels).flat()]),
    ...imported.facts.flatMap(({ name, value, labels }) => [name, String(value), ...Object.entries(labels).flat()]),
    ...imported.events.flatMap(({ kind, message, labels }) => [kind, message, ...Object.entries(labels).flat()]),
    ...imported.problems.map(({ message }) => message),
    ...imported.files.map(({ path }) => path),
  ];
}
