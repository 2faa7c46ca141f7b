import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { SeriesBuilder } from '../../src/series/builder.js';
import { lastSeeds } from '../support/fuzz.js';
import { HOSTILE_LINES, readHostile } from '../support/hostile-lines.js';
import { inTempFolder, writeMatrix } from './prometheus-files.js';

/** Two ways to do one thing, measured side by side in one run. */
export interface Comparison {
  readonly name: string;
  /** How many times faster ours must be; a smaller ratio fails the run. */
  readonly atLeast: number;
  readonly runs: number;
  prepare(folder: string): { ours: () => Promise<unknown>; theirs: () => Promise<unknown>; note: string };
}

interface Answer {
  readonly data: { readonly result: readonly { readonly values: readonly (readonly [number, string])[] }[] };
}

/** Parse the document, then walk it into the same columns. */
function parseAndWalk(file: string): SeriesBuilder[] {
  const answer = JSON.parse(readFileSync(file, 'utf8')) as Answer;
  return answer.data.result.map(({ values }) => {
    const builder = new SeriesBuilder();
    for (const [time, text] of values) builder.push(Math.round(time * 1000), Number(text), 0, 1);
    builder.finish([file]);
    return builder;
  });
}

const COMPARISONS: readonly Comparison[] = [
  {
    name: 'Prometheus JSON, 60 MB: importer against JSON.parse and walk',
    atLeast: 3,
    runs: 9,
    prepare(folder) {
      const { file, samples } = writeMatrix(folder, 60);
      return {
        ours: async () => importDump(await openDump(file)),
        theirs: () => Promise.resolve(parseAndWalk(file)),
        note: `${(statSync(file).size / 1e6).toFixed(0)} MB, ${samples} samples`,
      };
    },
  },
];

async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

async function main(): Promise<void> {
  let failed = 0;
  for (const comparison of COMPARISONS) {
    await inTempFolder(async (folder) => {
      const { ours, theirs, note } = comparison.prepare(folder);
      const mine: number[] = [];
      const other: number[] = [];
      // once for nothing, while the code is not compiled yet; then in turns, so that both meet what else the machine does
      for (let run = 0; run <= comparison.runs; run++) {
        const [one, two] = [await timed(ours), await timed(theirs)];
        if (run > 0) mine.push(one);
        if (run > 0) other.push(two);
      }
      const ratio = median(mine.map((time, run) => other[run]! / time));
      if (ratio < comparison.atLeast) failed += 1;
      const verdict = `limit ${comparison.atLeast}×: ${ratio >= comparison.atLeast ? 'PASS' : 'FAIL'}`;
      console.log(
        `${comparison.name}\n  ${note}\n  medians of ${comparison.runs} runs: ours ${median(mine).toFixed(0)} ms, other ${median(other).toFixed(0)} ms; of their ratios ${ratio.toFixed(2)}× (${verdict})`,
      );
    });
  }
  if (!memoryHolds()) failed += 1;
  await growth();
  if (failed > 0) process.exitCode = 1;
}

/** How the time of each importer grows from an eighth of a long hostile input to all of it: 8 is linear, 64 quadratic. */
async function growth(): Promise<void> {
  const FACTOR = 8;
  // less is below what the clock tells
  const NOISE_MS = 60;
  console.log(
    'Growth of the time from an eighth of a line of 1 MB or 25,000 lines to all (8 is linear); the three largest',
  );
  for (const [kind, make] of Object.entries(HOSTILE_LINES)) {
    const ratios: { readonly id: string; readonly ratio: number }[] = [];
    for (const { importer, content } of lastSeeds()) {
      const fixture = new TextDecoder().decode(content);
      const cost = async (share: number) => {
        const input = make(fixture, share);
        return timed(() => readHostile(importer, input));
      };
      await cost(1 / FACTOR);
      const short = await cost(1 / FACTOR);
      ratios.push({ id: importer.id, ratio: (await cost(1)) / (short + NOISE_MS / FACTOR) });
    }
    ratios.sort((a, b) => b.ratio - a.ratio);
    const worst = ratios.slice(0, 3).map(({ id, ratio }) => `${id} ${ratio.toFixed(1)}`);
    console.log(`  ${kind}: ${worst.join(', ')}; median ${median(ratios.map(({ ratio }) => ratio)).toFixed(1)}`);
  }
}

/** Peak memory of long files, each in a process of its own: what the comparisons left behind is not to be counted. */
function memoryHolds(): boolean {
  const large = process.argv.includes('--large');
  const megabytes = large ? 700 : 150;
  console.log(`Peak memory of one long file${large ? '' : ' (--large: 700 MB, longer than a string can be)'}`);
  const memory = new URL('memory.ts', import.meta.url).pathname;
  return ['json', 'csv']
    .map((kind) => {
      const args = ['--no-install', 'tsx', memory, kind, String(megabytes)];
      return spawnSync('npx', args, { stdio: ['ignore', 'inherit', 'ignore'] }).status === 0;
    })
    .every(Boolean);
}

await main();
