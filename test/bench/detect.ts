/**
 * What the detectors promise, measured: false alarms on series in which nothing happens, recall and error of the onset by
 * height, width and step of an episode, power at the smallest detectable change, and speed. `npm run bench:detect`, with
 * another number of runs a cell as argument. Ends with 1 when a promise is broken.
 */
import { detectAll, detectors, FALSE_DISCOVERIES } from '../../src/detectors/all.js';
import { burst } from '../../src/detectors/burst.js';
import { levelShift } from '../../src/detectors/level-shift.js';
import { trend } from '../../src/detectors/trend.js';
import { errorOf, exceptionsTo, falseAlarmRates, kept, nullTests, type NullTest } from '../support/false-alarms.js';
import { lawsWorth, nullDump } from '../support/null-dump.js';
import { absenceAt, powerAt } from '../support/power.js';
import type { Track } from '../../src/types/track.js';
import { laws, noise, promisedLaws, track, withEpisode, type NoiseLaw } from '../support/synth.js';

const START = 1_700_000_000_000;
const STEP = 15_000;
const RUNS = Number(process.argv[2] ?? 1000);
const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
const name = (law: NoiseLaw): string => law.name.padEnd(42);
const broken: string[] = [];

const LENGTHS = [30, 60, 120, 300, 1000, 5760];
/** Long series are dear, and fewer of them. */
const runsAt = (n: number): number => Math.ceil(n > 1000 ? RUNS / 8 : n > 300 ? RUNS / 3 : RUNS);

function falseAlarms(): void {
  const rates = promisedLaws.map((law) => {
    progress(`null series: ${law.name}`);
    return LENGTHS.map((n) => falseAlarmRates(nullTests, law, n, runsAt(n)));
  });
  nullTests.forEach((test, t) => {
    const promise = test.kind === 'exact' ? 'promise ±20 %' : `at most that: ${test.why ?? ''}`;
    console.log(`\nfalse alarms of ${test.id}, % of ${test.series}; nominal ${100 * test.nominal} %, ${promise}`);
    console.log(name({ name: 'standard error' } as NoiseLaw), LENGTHS.map((n) => percent(errorOf(test, runsAt(n))).padStart(7)).join(' ')); // prettier-ignore
    console.log(name({ name: '' } as NoiseLaw), LENGTHS.map((n) => `n=${n}`.padStart(7)).join(' '));
    promisedLaws.forEach((law, l) => {
      const cells = LENGTHS.map((n, k) => {
        const rate = rates[l]![k]![t]!;
        const fine = kept(test, law, n, rate, runsAt(n));
        if (!fine) broken.push(`${test.id}, ${law.name}, ${n} samples: ${percent(rate)} %`);
        return `${percent(rate)}${fine ? '' : '!'}`.padStart(7);
      });
      console.log(name(law), cells.join(' '), remark(test, law));
    });
  });
}

/** Why a law keeps less than the whole promise. */
function remark(test: NullTest, law: NoiseLaw): string {
  return exceptionsTo(test, law)
    .map(({ upTo, why }) => `n ≤ ${upTo}: ${why}`)
    .join('; ');
}

const progress = (text: string): void => console.error(`${(process.uptime() / 60).toFixed(1)} min: ${text}`);

function recall(): void {
  const runs = Math.max(20, Math.ceil(RUNS / 20));
  progress('recall of bursts');
  for (const n of [14, 60, 200]) {
    console.log(
      `\nrecall of bursts, % (median error of the onset, steps): n = ${n}, ${runs} series a cell; columns: width in samples × height in σ`,
    );
    for (const law of laws) {
      const cells = [1, 2, 3, 5].flatMap((width) =>
        [4, 8, 16].map((height) => {
          const at = Math.floor(n / 2);
          const found = recallOf(runs, STEP, at * STEP, width * STEP, (seed) =>
            withEpisode(law, n, seed, { at, width, height }),
          );
          if (n >= 60 && width === 3 && height === 16) floor(law, n, found.length / runs);
          return `${width}×${height}: ${shown(found, runs)}`;
        }),
      );
      console.log(name(law), cells.join('  '));
    }
  }
}

/** Floor of power beside the size: bursts of three samples and sixteen deviations are found in at least so many series. */
const FLOOR = 0.9;

function floor(law: NoiseLaw, n: number, share: number): void {
  // in few samples memory itself is known badly, and the doubt costs power
  const least = /^auto/.test(law.name) && n < 200 ? 0.8 : FLOOR;
  if (share < least) broken.push(`power of burst, ${law.name}, ${n} samples: ${percent(share)} %`);
}

/** Events of a fixed length seen through a scrape: of a level only what is there at an instant of it is seen. */
function scraped(): void {
  const runs = Math.max(20, Math.ceil(RUNS / 10));
  progress('recall by step');
  console.log(`\nrecall of a burst of 12 σ that begins at any instant, % (median error of the onset, s); half an hour, ${runs} series a cell`); // prettier-ignore
  const law = laws[0]!;
  for (const seconds of [2, 10, 30]) {
    const cells = [1, 5, 15, 60].map((step) => {
      const found = recallOf(
        runs,
        step * 1000,
        (seed) => begin(seed),
        seconds * 1000,
        (seed) => {
          const from = begin(seed);
          const values = law.draw(1800 / step, noise(seed), step * 1000);
          const inside = (i: number): boolean => i * step * 1000 >= from && i * step * 1000 < from + seconds * 1000;
          return track(
            values.map((v, i) => v + (inside(i) ? 12 * law.sd : 0)),
            { step: step * 1000, start: START },
          );
        },
      );
      return `step ${step} s: ${shown(
        found.map((error) => error * step),
        runs,
      )} of at most ${percent(Math.min(1, seconds / step))}`;
    });
    console.log(`event of ${seconds} s`.padEnd(20), cells.join('   '));
  }
}

const begin = (seed: number): number => 900_000 + Math.floor(noise(seed * 7 + 1).uniform() * 60_000);

/** Errors of the onset, in steps, of the series in which the episode was found. */
function recallOf(
  runs: number,
  step: number,
  begins: number | ((seed: number) => number),
  length: number,
  make: (seed: number) => Track,
): number[] {
  const errors: number[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const from = START + (typeof begins === 'number' ? begins : begins(seed));
    const hit = burst.detect(make(seed)).find((one) => one.from < from + length + step && one.to > from - 2 * step);
    if (hit !== undefined) errors.push(Math.abs(hit.from - from) / step);
  }
  return errors;
}

function shown(errors: number[], runs: number): string {
  errors.sort((a, b) => a - b);
  const median = errors[errors.length >> 1];
  return `${percent(errors.length / runs)} (${median === undefined ? ' – ' : median.toFixed(1)})`;
}

function lastingRecall(): void {
  const runs = Math.max(20, Math.ceil(RUNS / 25));
  progress('level shifts and slopes');
  console.log(
    `\nrecall of level shifts, % (median error, steps) by height in σ; of slopes by rise over the series in σ`,
  );
  for (const law of laws.filter(({ kind }) => kind === 'gauge')) {
    const cells = [60, 200, 1000].flatMap((n) =>
      [1, 2, 4].map((height) => {
        const errors: number[] = [];
        let slopes = 0;
        for (let seed = 1; seed <= runs; seed++) {
          const values = law.draw(n, noise(seed * 13 + n), 15_000);
          const make = (of: (i: number) => number) =>
            track(
              values.map((v, i) => v + of(i) * height * law.sd),
              { step: 15_000, start: START },
            );
          const half = Math.floor(n / 2);
          const begin = START + half * 15_000;
          const hit = levelShift
            .detect(make((i) => (i >= half ? 1 : 0)))
            .find(({ from }) => Math.abs(from - begin) <= (n / 10) * 15_000);
          if (hit !== undefined) errors.push(Math.abs(hit.from - begin) / 15_000);
          if (trend.detect(make((i) => i / n)).some(({ direction }) => direction === 'up')) slopes++;
        }
        return `n=${n} ${height}σ: ${shown(errors, runs)} slope ${percent(slopes / runs)}`;
      }),
    );
    console.log(name(law), cells.join('  '));
  }
}

/** Stated power of `observe`, and how far the measured one may lie from it. */
const STATED = 0.95;
const MARGIN = 0.05;

function power(): void {
  progress('power of observations');
  console.log(
    `\nobservation of a window of w among n samples: % false alarms (nominal 5), % power for an effect of the stated smallest detectable size (stated ${100 * STATED} ± ${100 * MARGIN}), % blind`,
  );
  const windows = [
    [14, 1],
    [14, 2],
    [30, 4],
    [60, 2],
    [60, 10],
    [200, 1],
    [200, 4],
    [200, 20],
    [1000, 4],
  ] as const;
  for (const law of laws) {
    const cells = windows.map(([n, width]) => {
      const runs = Math.ceil(RUNS / 4);
      const seen = powerAt(law, n, width, runs);
      const error = 2 * Math.sqrt((STATED * (1 - STATED)) / runs);
      const fine = Math.abs(seen.power - STATED) <= MARGIN + error;
      if (!fine) broken.push(`power, ${law.name}, window of ${width} in ${n}: ${percent(seen.power)} %`);
      return `${width} of ${n}: ${percent(seen.alarms)} ${percent(seen.power)}${fine ? '' : '!'} ${percent(seen.blind)}`;
    });
    console.log(name(law), cells.join('   '));
  }
}

/** How often a change of the size that matters is called flat, and what is said of quiet windows. */
function absences(): void {
  progress('absence');
  const runs = Math.ceil(RUNS / 4);
  console.log(`\nabsence: % of changes of 2 σ called flat when 2 σ matters (promise: at most 5), % of quiet windows called flat when the stated smallest detectable change matters; 4 samples of n, ${runs} series a cell`); // prettier-ignore
  for (const law of promisedLaws) {
    const cells = [30, 60, 200].map((n) => {
      const { wrong, flat } = absenceAt(law, n, runs);
      const bar = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs) + (n < 60 ? 0.05 : 0);
      if (wrong > bar) broken.push(`absence, ${law.name}, ${n} samples: ${percent(wrong)} %`);
      return `n=${n}: ${percent(wrong)} ${percent(flat)}`;
    });
    console.log(name(law), cells.join('   '));
  }
}

/** Independent samples that a series must be worth for the promise of false discoveries. */
const WORTH = 10;

/** How many dumps in which nothing happened have a finding after the correction over all their series. */
function falseDiscoveries(): void {
  const dumps = Math.max(10, Math.ceil(RUNS / 10));
  const each = 16;
  progress('false discoveries of whole dumps');
  console.log(`\nfalse discoveries: % of dumps of ${each} series of each law with any finding of q ≤ ${FALSE_DISCOVERIES} (promise: at most ${100 * FALSE_DISCOVERIES}), findings a dump; ${dumps} dumps a cell`); // prettier-ignore
  for (const n of [30, 120, 300]) {
    const shareOf = (counts: readonly number[]): number => counts.filter((count) => count > 0).length / dumps;
    const found = (laws = promisedLaws): number[] =>
      Array.from({ length: dumps }, (_, seed) => detectAll(nullDump(n, seed, each, laws)).length);
    const counts = found(lawsWorth(n, WORTH));
    const share = shareOf(counts);
    const bar = FALSE_DISCOVERIES + 3 * Math.sqrt((FALSE_DISCOVERIES * (1 - FALSE_DISCOVERIES)) / dumps);
    if (share > bar) broken.push(`false discoveries, ${n} samples: ${percent(share)} %`);
    const mean = counts.reduce((sum, count) => sum + count, 0) / dumps;
    const rest = `with those worth fewer than ${WORTH} independent samples: ${percent(shareOf(found()))}`;
    console.log(`n=${n}: ${percent(share)}${share > bar ? '!' : ''} ${mean.toFixed(2)}; ${rest}`);
  }
}

/** CPU seconds of a fixed computation: a machine that is half as fast, or shared, takes longer for this as well. */
function calibration(): number {
  const before = process.cpuUsage().user;
  let x = 1;
  const list = new Float64Array(4096);
  for (let round = 0; round < 400; round++) {
    for (let i = 0; i < list.length; i++) list[i] = x = (x * 16_807) % 2_147_483_647;
    list.sort();
  }
  return (process.cpuUsage().user - before) / 1e6;
}

/** CPU seconds that `calibration` takes on the machine the budget is stated for. */
const REFERENCE = 0.2;

function speed(): void {
  progress('speed');
  calibration();
  console.log('\nspeed of all detectors: CPU ms a series (mean over the noise laws)');
  // the first hundreds of series pay for the compiler
  measure(720);
  const cost = [2880, 5760, 11_520].map((n) => {
    const each = Math.min(measure(n), measure(n));
    console.log(`n=${n}: ${each.toFixed(2)} ms`);
    return each;
  });
  const slowness = calibration() / REFERENCE;
  const whole = (2000 * cost[1]!) / 1000 / 2;
  console.log(
    `2,000 series of 5,760 samples: ${whole.toFixed(1)} s on two cores (CPU time halved; this machine takes ${slowness.toFixed(2)} × the reference's time: ${(whole / slowness).toFixed(1)} s there), budget 6 s`,
  );
  const growth = [cost[1]! / cost[0]!, cost[2]! / cost[1]!];
  console.log(`twice the samples cost ${growth.map((one) => one.toFixed(2)).join(' and ')} times as much, budget 2.3`);
  if (Math.min(whole, whole / slowness) > 6) broken.push(`speed: ${whole.toFixed(1)} s`);
  if (Math.min(...growth) > 2.3) broken.push('growth of the time');
}

function measure(n: number): number {
  const tracks = laws.flatMap((law) => [1, 2, 3, 4, 5, 6].map((seed) => withEpisode(law, n, seed)));
  const before = process.cpuUsage();
  for (const one of tracks) for (const detector of detectors) detector.detect(one);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000 / tracks.length;
}

falseAlarms();
recall();
scraped();
lastingRecall();
power();
absences();
falseDiscoveries();
speed();
console.log(broken.length === 0 ? '\nall promises kept' : `\nbroken:\n${broken.join('\n')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
