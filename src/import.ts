import { Recogniser, type Match, CLAIM } from './dump/sniff.js';
import { importers as all } from './importers/all.js';
import type { Importer } from './importers/importer.js';
import { ImportSession } from './series/session.js';
import type { Imported } from './series/foreign.js';
import type { Dump, DumpFile } from './types/dump.js';
import { binaryKind } from './dump/magic.js';
import { notData } from './dump/not-data.js';
import { timeOfPath } from './dump/clock.js';
import { contextOf } from './dump/context.js';

/**
 * Reads every file of a dump through the importer that fits it best.
 * @returns foreign series, facts and events with one report per file; names not resolved, clocks not aligned
 * @remarks never fails on content: what cannot be used is a problem of its file
 */
export async function importDump(dump: Dump, importers: readonly Importer[] = all): Promise<Imported> {
  const session = new ImportSession();
  const recogniser = new Recogniser(importers);
  for await (const file of dump.walk()) await importFile(file, session, recogniser);
  return session.finish(dump.name, dump.sha256(), dump.problems);
}

async function importFile(file: DumpFile, session: ImportSession, recogniser: Recogniser): Promise<void> {
  const sink = session.open(file.path, takenOf(file), contextOf(file.path));
  if (file.head.text === '' && file.head.complete) {
    sink.problem('EMPTY_FILE');
    sink.close(null);
    return;
  }
  const binary = binaryKind(file.head.bytes);
  if (binary !== null) {
    sink.problem('BINARY_FILE', { kind: binary });
    sink.close(null);
    return;
  }
  const matches = recogniser.matches(file.head);
  const best = matches[0];
  if (best === undefined || best.score < CLAIM) {
    explain(file, matches, sink);
    sink.close(null);
    return;
  }
  await read(best.importer, file, sink);
  sink.close(best.importer.id);
}

type FileSink = ReturnType<ImportSession['open']>;

async function read(importer: Importer, file: DumpFile, sink: FileSink): Promise<void> {
  sink.importer = importer.id;
  try {
    await importer.read(file, sink);
  } catch (error) {
    // importers promise not to throw; one that does must not take the rest of the dump with it
    sink.problem('IMPORTER_FAILED', {
      importer: importer.id,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

function explain(file: DumpFile, matches: readonly Match[], sink: FileSink): void {
  const reason = notData(file.head);
  if (reason !== null) sink.problem(reason.code, reason.args);
  else
    sink.problem('NOT_RECOGNISED', {
      nearest: matches[0]?.importer.id ?? 'none',
      score: (matches[0]?.score ?? 0).toFixed(2),
    });
}

function takenOf(file: DumpFile): { time: number; how: 'path' | 'archive' | 'file' } | undefined {
  const time = timeOfPath(file.path);
  if (time !== undefined) return { time, how: 'path' };
  if (file.modified === undefined) return undefined;
  return { time: file.modified, how: file.path.includes('!/') ? 'archive' : 'file' };
}
