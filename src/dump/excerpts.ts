import { answeredAt, excerpts, isWords, undress } from './letter.js';
import { textFile } from './file.js';
import { splitParts, type DateReader, type LineDate, type Part } from './parts.js';
import { CLAIM, type Match, type Recogniser } from './sniff.js';
import type { DumpFile } from '../types/dump.js';

/** One of several outputs in one file, as a file of its own. */
export interface PartFile {
  readonly part: Part;
  readonly file: DumpFile;
}

/** Longest text in which outputs are looked for among words, and how many pieces of it are looked at. */
const LONGEST = 4 * 1024 * 1024;
const PIECES = 200;
/** Score that an output among words must reach, and by how much it must beat reading the whole. */
const SURE = 0.6;
const BETTER = 0.2;

/**
 * The outputs in a text of which no importer is sure: a mail, a chat, an article, a pasted terminal. Empty when nothing
 * in it is clearly an output.
 * @param best the importer that fits the whole text best
 */
export async function excerptsOf(
  file: DumpFile,
  best: Match | undefined,
  recogniser: Recogniser,
  dateOf: DateReader,
): Promise<PartFile[]> {
  const short = file.head.complete || (file.whole === true && (file.size ?? Infinity) <= LONGEST);
  if ((best?.score ?? 0) + BETTER > 0.95 || !short) return [];
  const text = await file.text(LONGEST);
  const lines = undress(text);
  const wrapped = lines.map((line) => line.text).join('\n') !== text;
  if (!wrapped && !lines.some((line) => isWords(line.text))) return [];
  const found = excerpts(lines)
    .slice(0, PIECES)
    .flatMap((excerpt) =>
      splitParts(excerpt.text, dateOf).map((inner) => ({
        ...dated(text),
        ...inner,
        before: inner.before + excerpt.before,
      })),
    )
    .map((part) => partFile(file.path, part));
  return told(surer(found, wrapped ? undefined : best, best?.score ?? 0, recogniser), file.path);
}

function dated(text: string): { date?: LineDate } {
  const answered = answeredAt(text);
  return answered === undefined ? {} : { date: { time: answered, local: false } };
}

/** Those that are recognised better than the whole. A log is made of words too: its own importer leaves nothing out. */
function surer(parts: readonly PartFile[], log: Match | undefined, whole: number, recogniser: Recogniser): PartFile[] {
  const matches = parts.map((one) => recogniser.matches(one.file.head)[0]);
  const sure = parts.filter((_, i) => (matches[i]?.score ?? 0) >= Math.max(SURE, whole + BETTER));
  const same = parts.every((one, i) => !sure.includes(one) || matches[i]?.importer === log?.importer);
  return same && whole >= CLAIM ? [] : sure;
}

/** Several outputs of one text are told apart by their lines where nothing else names them. */
export function told(parts: readonly PartFile[], path: string): PartFile[] {
  return parts.length < 2 ? [...parts] : parts.map(({ part }) => partFile(path, named(part)));
}

/** A part as a file; its name, a path or a command, goes behind that of the file. */
export function partFile(path: string, part: Part): PartFile {
  const own = part.name === '' ? path : `${path}!/${part.name.replace(/^\/+/, '')}`;
  return { part, file: textFile({ path: own }, part.text, new TextEncoder().encode(part.text)) };
}

function named(part: Part): Part {
  const last = part.before + part.text.split('\n').length - 1;
  return part.name === '' ? { ...part, name: `lines ${part.before + 1}-${last}` } : part;
}
