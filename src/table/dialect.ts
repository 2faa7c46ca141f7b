/** How a delimited text separates its cells. */
export interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** Lines before the first row that belong to the dialect (`sep=;`). */
  readonly skip: number;
  /** A second reading of the file that fits as well, when there is one. */
  readonly rival?: Dialect['delimiter'];
}

const CANDIDATES = [',', ';', '\t', '|'] as const;
const LOOK = 200;

/**
 * The delimiter under which most of the first lines have as many cells as the header, quotes respected. `sep=;` on the
 * first line decides alone.
 * @param lines first lines of the text, the last one complete
 */
export function detectDialect(lines: readonly string[]): Dialect {
  const stated = /^\uFEFF?"?sep=(.)"?\s*$/.exec(lines[0] ?? '')?.[1];
  const skip = stated === undefined ? 0 : 1;
  for (const candidate of CANDIDATES) if (candidate === stated) return { delimiter: candidate, skip };
  const sample = lines.slice(skip, skip + LOOK).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const scores = CANDIDATES.map((delimiter) => ({ delimiter, ...consistency(sample, delimiter) })).sort(
    (a, b) => b.score - a.score || b.cells - a.cells,
  );
  const [best, next] = scores;
  if (best === undefined || best.score === 0) return { delimiter: ',', skip };
  const rival = next !== undefined && next.score > 0.95 * best.score ? { rival: next.delimiter } : {};
  return { delimiter: best.delimiter, skip, ...rival };
}

/** Share of lines with the header's number of cells (zero for one cell), and that number. */
function consistency(lines: readonly string[], delimiter: string): { score: number; cells: number } {
  const header = countCells(lines[0] ?? '', delimiter);
  if (header < 2) return { score: 0, cells: 1 };
  let same = 0;
  for (const line of lines) if (countCells(line, delimiter) === header) same++;
  return { score: same / lines.length, cells: header };
}

/** Cells of one line; delimiters inside quotes do not count. */
export function countCells(line: string, delimiter: string): number {
  let cells = 1;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) cells++;
  }
  return cells;
}
