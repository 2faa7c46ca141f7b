import type { Sink } from '../importers/importer.js';
import type { DumpFile, Head } from '../types/dump.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds, Ratio } from '../types/units.js';
import { LogClock } from './clock.js';
import type { Level } from './level.js';
import { describe } from './message.js';
import type { Stamp } from './time.js';
import { LogWriter } from './writer.js';

/** What a grammar makes of one line. */
export interface Line {
  readonly stamp?: Stamp | undefined;
  /** Instead of a stamp: the instant as it goes to the sink; the grammar has declared the clock. */
  readonly time?: Milliseconds | undefined;
  readonly message: string;
  readonly level?: Level | undefined;
  readonly kind?: string | undefined;
  readonly labels?: Labels;
  readonly duration?: Milliseconds | undefined;
}

/** `undefined`: the line belongs to the entry before it. `null`: nothing to keep (headers, separators). */
export type Grammar = (text: string, line: number, clock: LogClock) => Line | null | undefined;

/** Reads a log line by line into the sink. */
export async function readLog(file: DumpFile, sink: Sink, grammar: Grammar): Promise<LogWriter> {
  const clock = new LogClock(sink);
  const writer = new LogWriter(sink);
  let line = 0;
  for await (const text of file.lines()) {
    line++;
    if (text.trim() === '') continue;
    // every line is an entry, part of one, or counted
    sink.passed(line);
    const parsed = grammar(text, line, clock);
    if (parsed === null) continue;
    if (parsed === undefined) {
      if (!writer.append(text)) writeLine(writer, { message: text }, undefined, line);
      continue;
    }
    writeLine(writer, parsed, parsed.stamp ? clock.resolve(parsed.stamp, line) : parsed.time, line);
  }
  writer.finish();
  return writer;
}

/** Puts one line to the writer, with what its message tells beside what the grammar told. */
export function writeLine(writer: LogWriter, parsed: Line, time: Milliseconds | undefined, line: number): void {
  const told = describe(parsed.message);
  const kind = parsed.kind ?? told.kind;
  const duration = parsed.duration ?? told.duration;
  const labels = { ...parsed.labels, ...told.labels };
  writer.write({
    time: time ?? told.time,
    line,
    message: told.message ?? parsed.message,
    level: parsed.level ?? told.level,
    labels,
    ...(kind === undefined ? {} : { kind }),
    ...(duration === undefined ? {} : { duration }),
  });
}

/** Lines of the head that recognition may look at: not blank, and not the last one when it may be cut (unless it is all there is). */
export function sample(head: Head, most = 60): string[] {
  const whole = head.complete || head.lines.length === 1 ? head.lines : head.lines.slice(0, -1);
  const lines: string[] = [];
  for (const line of whole) {
    if (line.trim() !== '') lines.push(line.length > 2000 ? line.slice(0, 2000) : line);
    if (lines.length === most) break;
  }
  return lines;
}

/** Share of the head's lines that pass a test; 0 for an empty head. */
export function share(head: Head, test: (line: string) => boolean): Ratio {
  const lines = sample(head);
  return lines.length === 0 ? 0 : lines.filter(test).length / lines.length;
}
