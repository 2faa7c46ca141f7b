import { answeredAt, excerpts, isWords, undress, type PlacedLine } from './letter.js';
import { textFile } from './file.js';
import { splitParts, type DateReader, type Part } from './parts.js';
import { CLAIM, type Recogniser } from './sniff.js';
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
 * @param whole score of the best importer for the whole text
 */
export async function excerptsOf(
  file: DumpFile,
  whole: number,
  recogniser: Recogniser,
  dateOf: DateReader,
): Promise<PartFile[]> {
  const short = file.head.complete || (file.whole === true && (file.size ?? Infinity) <= LONGEST);
  if (whole + BETTER > 0.95 || !short) return [];
  const text = await file.text(LONGEST);
  const lines = undress(text);
  // a log is made of words too: what some importer reads is left to it, unless it is wrapped in something
  if (lines.map((line) => line.text).join('\n') === text && (whole >= CLAIM || !lines.some(isWordy))) return [];
  const answered = answeredAt(text);
  const dated = answered === undefined ? {} : { date: { time: answered, local: false } };
  const found: PartFile[] = [];
  for (const excerpt of excerpts(lines).slice(0, PIECES))
    for (const inner of splitParts(excerpt.text, dateOf)) {
      const one = partFile(file.path, { ...dated, ...inner, before: inner.before + excerpt.before });
      const score = recogniser.matches(one.file.head)[0]?.score ?? 0;
      if (score >= Math.max(SURE, whole + BETTER)) found.push(one);
    }
  return told(found, file.path);
}

/** Several outputs of one text are told apart by their lines where nothing else names them. */
export function told(parts: readonly PartFile[], path: string): PartFile[] {
  return parts.length < 2 ? [...parts] : parts.map(({ part }) => partFile(path, named(part)));
}

const isWordy = (line: PlacedLine): boolean => isWords(line.text);

/** A part as a file; its name, a path or a command, goes behind that of the file. */
export function partFile(path: string, part: Part): PartFile {
  const own = part.name === '' ? path : `${path}!/${part.name.replace(/^\/+/, '')}`;
  return { part, file: textFile({ path: own }, part.text, new TextEncoder().encode(part.text)) };
}

function named(part: Part): Part {
  const last = part.before + part.text.split('\n').length - 1;
  return part.name === '' ? { ...part, name: `lines ${part.before + 1}-${last}` } : part;
}
