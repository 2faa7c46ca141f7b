import type { SeriesHints, Sink } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import { eachLine, numberOf } from './snapshot.js';

export interface KeyValueOptions {
  readonly prefix: string;
  readonly hints: (key: string) => SeriesHints | undefined;
  /** Key as the importer names it; undefined to leave the line out. */
  readonly rename?: (key: string) => string | undefined;
}

/** Reads lines of a name and a number between blanks (`pgfault 123`), one series per name. */
export async function readKeyValues(file: DumpFile, sink: Sink, options: KeyValueOptions): Promise<void> {
  const { prefix, hints, rename } = options;
  await eachLine(file, sink, (text, line, time) => {
    const cut = blankAt(text);
    if (cut <= 0) return sink.problem('BAD_LINE', { expected: 'a line of this format', found: text }, line);
    const key = text.slice(0, cut);
    const value = numberOf(text.slice(cut + 1).trim());
    if (value === undefined) return sink.problem('BAD_NUMBER', { found: text.slice(cut + 1) }, line);
    const name = rename === undefined ? key : rename(key);
    if (name !== undefined) sink.series(`${prefix}${name}`, sink.context, hints(key)).push(time, value, line);
  });
}

function blankAt(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || code === 9) return i;
  }
  return -1;
}

/** Share of the first lines that are a word and a whole number, the first word being one of `known`. */
export function looksLikeKeyValues(lines: readonly string[], known: (key: string) => boolean): boolean {
  let good = 0;
  let all = 0;
  let seen = false;
  for (let i = 0; i < Math.min(lines.length, 12); i++) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    all++;
    const match = /^([\w.()-]+)[ \t]+-?\d+$/.exec(line.trimEnd());
    if (match === null) continue;
    good++;
    seen ||= known(match[1]!);
  }
  return seen && good >= all - 1 && good > 0;
}
