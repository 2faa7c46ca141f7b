import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { openDump } from '../dump/node.js';
import { InquestError } from '../errors.js';
import { importDump } from '../import.js';
import { Pseudonyms } from '../redaction/pseudonyms.js';
import { prepare } from '../series/prepare.js';
import type { DumpFile } from '../types/dump.js';
import { notice, type Io } from './io.js';
import { nothingUsable } from './open.js';

/**
 * `inquest redact PATH... -o DIR`: learns the names of the dump, then writes every readable file under pseudonyms;
 * archives become folders. The map from true to false names lies beside the folder, never in it.
 */
export async function redact(io: Io, paths: readonly string[], flags: { readonly output: string }): Promise<void> {
  const folder = resolve(io.cwd, flags.output);
  await mustBeEmpty(folder);
  const seen = prepare(await importDump(await openDump(paths)));
  if (seen.entities.length === 0) throw nothingUsable(seen.name);
  const pseudonyms = new Pseudonyms(seen.entities);
  const left = new Map<string, string[]>();
  let files = 0;
  const dump = await openDump(paths);
  for await (const file of dump.walk()) {
    const names = await writeRedacted(file, folder, pseudonyms);
    if (names.length > 0) left.set(file.path, names);
    files++;
  }
  const map = `${folder}.map.json`;
  await writeFile(map, `${JSON.stringify(pseudonyms.map(), null, 2)}\n`, { mode: 0o600 });
  await chmod(map, 0o600);
  const counts = Object.entries(pseudonyms.counts()).map(([kind, n]) => `${kind} ${n}`);
  notice(io, `replaced: ${counts.join(', ')}`);
  notice(io, `wrote ${files} files to ${folder}; the map of names is ${map}: keep it, do not send it`);
  for (const problem of dump.problems) notice(io, `withheld ${problem.file}: ${problem.message}`);
  if (left.size > 0) {
    const [path, names] = Array.from(left)[0]!;
    throw new InquestError(
      'BAD_OPTION',
      `names are left in ${left.size} files, as "${names[0]!}" in ${path}`,
      'look these over before you send the copy',
    );
  }
}

async function mustBeEmpty(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0)
      throw new InquestError('BAD_OPTION', `--output: expected an empty or new folder, found files in ${folder}`);
  } catch (error) {
    if (error instanceof InquestError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new InquestError('BAD_OPTION', `--output: expected a folder, found ${folder}`);
  }
}

const SOCKETS = /\/net\/(?:tcp|udp|raw|udplite)6?$/;

/** Writes one file line by line; returns the names that are still in it. */
async function writeRedacted(file: DumpFile, folder: string, pseudonyms: Pseudonyms): Promise<string[]> {
  const path = pseudonyms
    .text(file.path)
    .replaceAll('!/', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '..' && part !== '.');
  const target = join(folder, ...path.map((part) => part.replace(/\.(?:tar\.gz|tgz|tar|zip|gz|zst|xz|bz2)$/, '')));
  await mkdir(dirname(target), { recursive: true });
  const stream = createWriteStream(target);
  const left = new Set<string>(pseudonyms.leftovers(target.slice(folder.length)));
  const clean = SOCKETS.test(file.path)
    ? (line: string) => pseudonyms.sockets(line)
    : (line: string) => pseudonyms.text(line);
  for await (const line of file.lines()) {
    const out = clean(line);
    for (const name of pseudonyms.leftovers(out)) left.add(name);
    if (!stream.write(`${out}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return Array.from(left);
}
