import type { Importer, Sink } from '../importer.js';

/** Takes the lines of a file one after the other, and says at its end what became of them. */
export interface LineReader {
  /** @param number 1-based */
  line(text: string, number: number): void;
  finish(): void;
}

/** The `read` of an importer that goes through a file line by line, with a reader of its own for each file. */
export function byLines(readerOf: (sink: Sink) => LineReader): Importer['read'] {
  return async (file, sink) => {
    const reader = readerOf(sink);
    let number = 0;
    for await (const line of file.lines()) reader.line(line, ++number);
    reader.finish();
  };
}
