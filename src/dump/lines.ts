import { stripNoise } from './noise.js';

/** Longest line that is kept whole; the rest of a longer one is cut off. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** Lines of a whole text without their ends; a last empty one is not a line. */
export function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Lines of a text that comes in pieces, noise removed. `dropLast` is asked at the end about an unfinished line. */
export async function* streamLines(pieces: AsyncIterable<string>, dropLast: () => boolean): AsyncGenerator<string> {
  let rest = '';
  let skipping = false;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      const line = rest === '' ? piece.slice(from, end) : rest + piece.slice(from, end);
      rest = '';
      from = end + 1;
      if (!skipping) yield cleanLine(line);
      skipping = false;
    }
    if (skipping) continue;
    rest += piece.slice(from);
    if (rest.length > LONGEST_LINE) {
      yield cleanLine(rest.slice(0, LONGEST_LINE));
      rest = '';
      skipping = true;
    }
  }
  if (rest !== '' && !skipping && !dropLast()) yield cleanLine(rest);
}

function cleanLine(line: string): string {
  return stripNoise(line.endsWith('\r') ? line.slice(0, -1) : line);
}

/** An async iterator over lines already at hand; leaner than a generator, which matters for 20,000 small files. */
export function linesOf(lines: readonly string[]): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]() {
      let i = 0;
      return {
        next(): Promise<IteratorResult<string>> {
          const value = lines[i];
          i += 1;
          return Promise.resolve(value === undefined ? { done: true, value: undefined } : { done: false, value });
        },
      };
    },
  };
}
