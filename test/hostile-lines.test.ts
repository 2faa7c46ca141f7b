import { describe, expect, it } from 'vitest';
import { importDump } from '../src/import.js';
import type { Importer } from '../src/importers/importer.js';
import { seeds } from './support/fuzz.js';
import { memoryDump } from './support/memory-dump.js';
import { seeded } from './support/synth.js';

/** A line of a megabyte, and a hundred thousand lines; the short inputs are an eighth. */
const SIZE = 128 * 1024;
const LINES = 12_500;
const FACTOR = 8;
/** Linear work takes 8 times as long, quadratic work 64 times. */
const GROWTH = 24;
/** Below this the clock tells nothing. */
const NOISE_MS = 60;
/** What takes longer hangs, for whoever waits; most take a few tenths of a second. */
const HANGS_MS = 10_000;
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

const KINDS: Readonly<Record<string, (fixture: string, times: number) => string>> = {
  'one line': (fixture, times) =>
    joined(fixture.split(/\s+/), ' ', (_, size) => size >= SIZE * times).slice(0, SIZE * times),
  'lines of one word': (fixture, times) => joined(fixture.split(/\s+/), '\n', (count) => count >= LINES * times),
  'lines in any order': (fixture, times) =>
    joined(
      fixture.split('\n').map((line) => line.slice(0, CUT)),
      '\n',
      (count) => count >= LINES * times,
    ),
};

async function timeOf(importer: Importer, content: string): Promise<number> {
  // recognition is asked and overruled: both have to be quick
  const claiming: Importer = { ...importer, sniff: (head) => Math.max(1, importer.sniff(head)) };
  const start = performance.now();
  await importDump(memoryDump([{ path: 'unknown', content, modified: 1.7e12 }]), [claiming]);
  return performance.now() - start;
}

const last = new Map(seeds().flatMap((seed) => (seed.importer === null ? [] : [[seed.importer.id, seed] as const])));

describe.each(Object.entries(KINDS))('time grows with the size of hostile input: %s', (_, make) => {
  it.each([...last.values()])('$importer.id', async ({ importer, content }) => {
    const fixture = new TextDecoder().decode(content);
    let long = await timeOf(importer!, make(fixture, FACTOR));
    const short = await timeOf(importer!, make(fixture, 1));
    // again where the machine may have been busy with other things
    for (let more = 0; more < 2 && (long > GROWTH * (short + NOISE_MS) || long > HANGS_MS); more++)
      long = Math.min(long, await timeOf(importer!, make(fixture, FACTOR)));
    const said = `${short.toFixed(0)} → ${long.toFixed(0)} ms`;
    expect(long, said).toBeLessThan(GROWTH * (short + NOISE_MS));
    expect(long, said).toBeLessThan(HANGS_MS);
  });
});
