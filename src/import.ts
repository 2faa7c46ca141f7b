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
import { textFile } from './dump/file.js';
import { looksDivided, splitParts, type Part } from './dump/parts.js';
import { separatorTime } from './proc/instants.js';

/**
 * Reads every file of a dump through the importer that fits it best.
 * @returns foreign series, facts and events with one report per file; names not resolved, clocks not aligned
 * @remarks never fails on content: what cannot be used is a problem of its file
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
  if (parts !== null) {
    for (const part of parts) await importPart(part, takenOf(file), session, recogniser);
    return;
  }
  await readBest(file, matches, sink);
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

/** One of several outputs in one file, as a file of its own. */
interface PartFile {
  readonly part: Part;
  readonly file: DumpFile;
}

/** Longest text that is looked through for several outputs. */
const DIVISIBLE = 64 * 1024 * 1024;

/** The outputs that a file holds, where reading them apart fits better than reading the file as one; else null. */
async function partsOf(file: DumpFile, whole: number, recogniser: Recogniser): Promise<PartFile[] | null> {
  const { head } = file;
  if (!looksDivided(head.text, head.lines, separatorTime)) return null;
  if (!head.complete && !(file.size !== undefined && file.size <= DIVISIBLE && file.whole === true)) return null;
  const found = splitParts(await file.text(DIVISIBLE), separatorTime);
  if (found.length === 0 || (found.length === 1 && found[0]!.name === '' && found[0]!.before === 0)) return null;
  const files = found.map((part): PartFile => {
    const path = part.name === '' ? file.path : `${file.path}!/${part.name.replace(/^\/+/, '')}`;
    return { part, file: textFile({ path }, part.text, new TextEncoder().encode(part.text)) };
  });
  const scores = files.slice(0, 50).map((one) => recogniser.matches(one.file.head)[0]?.score ?? 0);
  const best = Math.max(...scores);
  // several importers read dates between snapshots themselves; a named part is clearer than any guess
  const named = found.some(({ name }) => name !== '');
  return best >= CLAIM && (best > whole + 0.1 || (named && best >= whole)) ? files : null;
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
