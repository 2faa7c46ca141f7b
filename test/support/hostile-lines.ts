import type { Imported } from '../../src/series/foreign.js';
import { importDump } from '../../src/import.js';
import type { Importer } from '../../src/importers/importer.js';
import { memoryDump } from './memory-dump.js';
import { seeded } from './synth.js';

/** A line of a megabyte, which is many minutes of quadratic work, and 25,000 lines. */
const SIZE = 1024 * 1024;
const LINES = 25_000;
/** Longest of the many lines. */
const CUT = 80;

/** Words of a fixture, or its lines, in an order that is no fixture's. */
function* shuffled(pieces: readonly string[], seed: number): Generator<string> {
  const random = seeded(seed);
  for (;;) yield pieces[Math.floor(random() * pieces.length)] ?? '';
}

function joined(pieces: readonly string[], end: string, enough: (count: number, size: number) => boolean): string {
  const parts: string[] = [];
  let size = 0;
  for (const piece of shuffled(pieces, 7)) {
    if (enough(parts.length, size)) break;
    parts.push(piece);
    size += piece.length + end.length;
  }
  return parts.join(end) + end;
}

/** Inputs made of the words of a fixture, at a share of their whole size. */
export const HOSTILE_LINES: Readonly<Record<string, (fixture: string, share: number) => string>> = {
  'one line': (fixture, share) =>
    joined(fixture.split(/\s+/), ' ', (_, size) => size >= SIZE * share).slice(0, SIZE * share),
  'lines of one word': (fixture, share) => joined(fixture.split(/\s+/), '\n', (count) => count >= LINES * share),
  'lines in any order': (fixture, share) =>
    joined(
      fixture.split('\n').map((line) => line.slice(0, CUT)),
      '\n',
      (count) => count >= LINES * share,
    ),
};

/** Reads an input by an importer that is asked whether it knows it, and overruled: both have to be quick. */
export function readHostile(importer: Importer, content: string): Promise<Imported> {
  const claiming: Importer = { ...importer, sniff: (head) => Math.max(1, importer.sniff(head)) };
  return importDump(memoryDump([{ path: 'unknown', content, modified: 1.7e12 }]), [claiming]);
}
