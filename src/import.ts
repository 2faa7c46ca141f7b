import { Recogniser, type Match, CLAIM } from './dump/sniff.js';
import { importers as all } from './importers/all.js';
import type { Importer } from './importers/importer.js';
import { canonical } from './series/canonical.js';
import { ImportSession } from './series/session.js';
import type { Imported } from './series/foreign.js';
import type { Dump, DumpFile } from './types/dump.js';
import { binaryKind } from './dump/magic.js';
import { notData } from './dump/not-data.js';
import { timeOfPath } from './dump/clock.js';
import { contextOf } from './dump/context.js';
import { excerptsOf, partFile, told, type PartFile } from './dump/excerpts.js';
import { looksDivided, outsideFences, splitParts } from './dump/parts.js';
import { separatorTime } from './proc/instants.js';

/**
 * Reads every file of a dump through the importer that fits it best.
 * @returns foreign series, facts and events with one report per file; names not resolved, clocks not aligned
 * @remarks never fails on content: what cannot be used is a problem of its file
 * @example
 * const { series, problems } = await importDump(await openDump('customer.tgz'));
 */
export async function importDump(dump: Dump, importers: readonly Importer[] = all): Promise<Imported> {
  const session = new ImportSession();
  const recogniser = new Recogniser(importers);
  for await (const file of dump.walk()) await importFile(file, session, recogniser);
  return canonical(session.finish(dump.name, dump.sha256(), dump.problems));
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
  const parts = await partsOf(file, matches[0]?.score ?? 0, recogniser);
  if (parts !== null && !parts.fenced) {
    for (const part of parts.files) await importPart(part, takenOf(file), session, recogniser);
    return;
  }
  const read = parts?.files ?? (await excerptsOf(file, matches[0], recogniser, separatorTime));
  if (read.length === 0) return readBest(file, matches, sink);
  for (const { part } of read)
    sink.problem('EXCERPT', { from: part.before + 1, to: part.before + part.text.split('\n').length - 1 });
  sink.close(null);
  for (const part of read) await importPart(part, takenOf(file), session, recogniser);
}

async function readBest(file: DumpFile, matches: readonly Match[], sink: FileSink): Promise<void> {
  const best = matches[0];
  if (best === undefined || best.score < CLAIM) {
    explain(file, matches, sink);
    sink.text = file.form?.();
    sink.close(null);
    return;
  }
  await read(best.importer, file, sink);
  sink.text = file.form?.();
  sink.close(best.importer.id);
}

/** Longest text that is looked through for several outputs. */
const DIVISIBLE = 64 * 1024 * 1024;

/** The outputs that a file holds, and whether fences in a letter part them. */
interface Parts {
  readonly files: readonly PartFile[];
  readonly fenced: boolean;
}

/** The outputs that a file holds, where reading them apart fits better than reading the file as one; else null. */
async function partsOf(file: DumpFile, whole: number, recogniser: Recogniser): Promise<Parts | null> {
  const { head } = file;
  const held = head.complete || (file.whole === true && (file.size ?? Infinity) <= DIVISIBLE);
  if (!held || !looksDivided(head.text, head.lines, separatorTime)) return null;
  const text = await file.text(DIVISIBLE);
  const found = splitParts(text, separatorTime);
  if (found.length === 0 || (found.length === 1 && found[0]!.name === '' && found[0]!.before === 0)) return null;
  const files = found.map((part) => partFile(file.path, part));
  const best = Math.max(...files.slice(0, 50).map((one) => recogniser.matches(one.file.head)[0]?.score ?? 0));
  if (best < CLAIM || best < whole) return null;
  if (fenced(text, file.path, recogniser)) {
    const known = files.filter((one) => (recogniser.matches(one.file.head)[0]?.score ?? 0) >= CLAIM);
    return { files: told(known, file.path), fenced: true };
  }
  // several importers read dates between snapshots themselves; a named part is clearer than any guess
  return best > whole + 0.1 || found.some(({ name }) => name !== '') ? { files, fenced: false } : null;
}

/** Whether what stands outside the fences of a Markdown text is words: then each fence is an output of its own. */
function fenced(text: string, path: string, recogniser: Recogniser): boolean {
  const around = outsideFences(text);
  if (around === null) return false;
  const { file } = partFile(path, { name: '', text: around, before: 0 });
  return (recogniser.matches(file.head)[0]?.score ?? 0) < CLAIM;
}

async function importPart(
  { part, file }: PartFile,
  around: FileSink['taken'],
  session: ImportSession,
  recogniser: Recogniser,
): Promise<void> {
  const taken = part.date === undefined ? around : ({ time: part.date.time, how: 'date-line' } as const);
  const sink = session.open(file.path, taken, contextOf(file.path), part.before);
  if (part.date?.local === true) sink.clock({ kind: 'local' });
  await readBest(file, recogniser.matches(file.head), sink);
}

type FileSink = ReturnType<ImportSession['open']>;

async function read(importer: Importer, file: DumpFile, sink: FileSink): Promise<void> {
  sink.importer = importer.id;
  try {
    await importer.read(accounted(file, sink), sink);
  } catch (error) {
    // importers promise not to throw; one that does must not take the rest of the dump with it
    sink.problem('IMPORTER_FAILED', {
      importer: importer.id,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  // files at hand are gone through afterwards: most lines have been read by then
  if (file.head.complete && !isDocument(file))
    for (const [i, line] of file.head.lines.entries())
      if (!sink.account.has(i + 1) && holdsNumbers(line)) sink.account.line(i + 1, line);
  const lost = sink.account.lost();
  if (lost !== null) sink.problem('LINES_UNUSED', { count: lost.count, found: lost.text }, lost.line);
}

/** The file with an account of its lines, unless it is a document whose parts are not lines. */
function accounted(file: DumpFile, sink: FileSink): DumpFile {
  if (isDocument(file) || file.head.complete) return file;
  return {
    ...file,
    bytes: (options) => file.bytes(options),
    text: (limit) => file.text(limit),
    async *lines() {
      let number = 0;
      for await (const line of file.lines()) {
        number++;
        if (holdsNumbers(line)) sink.account.line(number, line);
        yield line;
      }
    },
  };
}

function isDocument({ head }: DumpFile): boolean {
  return /^\s{0,100}(?:[[{<]|---\n|apiVersion:|kind:)/.test(head.text);
}

function holdsNumbers(line: string): boolean {
  return HAS_NUMBER.test(line) && !REMARK.test(line) && separatorTime(line) === undefined;
}

const HAS_NUMBER = /(?:^|[\s,;=(|])[-+]?\d{1,20}(?:[.,:]\d{1,20}){0,8}%?(?=$|[\s,;|)])/;
const REMARK = /^\s{0,100}(?:#|--|==)/;

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
