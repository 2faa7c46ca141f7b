import { describe, expect, it } from 'vitest';
import { importDump } from '../src/import.js';
import type { Importer } from '../src/importers/importer.js';
import { seeds } from './support/fuzz.js';
import { memoryDump } from './support/memory-dump.js';
import { seeded } from './support/synth.js';

const SIZE = 16 * 1024;
const FACTOR = 8;
/** Linear work takes 8 times as long, quadratic work 64 times. */
const GROWTH = 24;
/** Below this the clock tells nothing. */
const NOISE_MS = 60;

/** Words of a fixture in an order that is no fixture's. */
function* wordsOf(content: Uint8Array, seed: number): Generator<string> {
  const random = seeded(seed);
  const words = new TextDecoder().decode(content).split(/\s+/);
  for (;;) yield words[Math.floor(random() * words.length)] ?? '';
}

function filled(size: number, words: Generator<string>, end: string): string {
  let text = '';
  while (text.length < size) text += `${words.next().value as string}${end}`;
  return text.slice(0, size);
}

async function timeOf(importer: Importer, content: string): Promise<number> {
  // recognition is asked and overruled: both have to be quick
  const claiming: Importer = { ...importer, sniff: (head) => Math.max(1, importer.sniff(head)) };
  const start = performance.now();
  await importDump(memoryDump([{ path: 'unknown', content, modified: 1.7e12 }]), [claiming]);
  return performance.now() - start;
}

const last = new Map(seeds().flatMap((seed) => (seed.importer === null ? [] : [[seed.importer.id, seed] as const])));

describe('time grows with the size of hostile lines', () => {
  it.each([...last.values()])('$importer.id', async ({ importer, content }) => {
    for (const end of [' ', '\n']) {
      const long = await timeOf(importer!, filled(SIZE * FACTOR, wordsOf(content, 7), end));
      const short = await timeOf(importer!, filled(SIZE, wordsOf(content, 7), end));
      const said = `${end === ' ' ? 'one line' : 'short lines'}: ${short.toFixed(0)} → ${long.toFixed(0)} ms`;
      expect(long, said).toBeLessThan(GROWTH * (short + NOISE_MS));
    }
  });
});
