import type { Sink } from '../importers/importer.js';
import type { DumpFile } from '../types/dump.js';
import type { Milliseconds } from '../types/units.js';
import { separatorTime } from './instants.js';

/** Time of a file that nothing dates: its numbers then only count as totals. */
export const UNDATED: Milliseconds = 0;

/** First characters of separator lines: weekday, digit, `zzz`, rulers. */
const MAY_SEPARATE = /^[MTWFS1-9z\-=#*@]/;

export interface SnapshotOptions {
  /** Called when a date line begins another snapshot, and at the end. */
  readonly flush?: (time: Milliseconds) => void;
}

/**
 * Passes every line of a `/proc`-like file to `onLine`, with its number (1-based) and the time of its snapshot: that of
 * the file until a line that is nothing but a date begins another one. Such lines are not passed on.
 */
export async function eachLine(
  file: DumpFile,
  sink: Sink,
  onLine: (text: string, line: number, time: Milliseconds) => void,
  options: SnapshotOptions = {},
): Promise<void> {
  let time: Milliseconds | undefined;
  // asked only when no date line comes first: the answer may be no better than a modification time
  const dated = (): Milliseconds => (time ??= sink.taken?.time ?? UNDATED);
  let line = 0;
  let began = false;
  const take = (text: string): void => {
    line++;
    if (text === '') return;
    if (MAY_SEPARATE.test(text)) {
      const separator = separatorTime(text);
      if (separator !== undefined) {
        if (began) options.flush?.(dated());
        began = false;
        time = separator.time;
        if (separator.local) sink.clock({ kind: 'local' });
        return;
      }
    }
    began = true;
    // importers of /proc choose among lines of known names, and report the rest themselves
    sink.passed(line);
    onLine(text, line, dated());
  };
  const { head } = file;
  // small files are already decoded as a whole
  if (head.complete) for (const text of head.lines) take(text);
  else for await (const text of file.lines()) take(text);
  if (began || line === 0) options.flush?.(dated());
}

/** Fields of a line between runs of blanks and tabs; one empty field when there are none. */
export function fields(line: string): string[] {
  const out: string[] = [];
  let start = -1;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    // everything up to the blank, control characters included, separates
    if (code > 32) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      out.push(line.slice(start, i));
      start = -1;
    }
  }
  if (start >= 0) out.push(start === 0 ? line : line.slice(start));
  if (out.length === 0) out.push('');
  return out;
}

/** The number a field holds, or undefined (also for empty and hexadecimal text). */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const code = text.charCodeAt(0);
  if (!((code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46)) return undefined;
  if (text.charCodeAt(1) === 120 || text.charCodeAt(1) === 88) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The hexadecimal number a field holds, or undefined. */
export function hexOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9a-fA-F]{1,16}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

/** First line of a head that is not empty and not a date. */
export function firstLine(lines: readonly string[]): string {
  for (let i = 0; i < lines.length && i < 8; i++) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    if (MAY_SEPARATE.test(line) && separatorTime(line) !== undefined) continue;
    return line;
  }
  return '';
}

/** Last part of a path, without the archive it lies in. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
