/**
 * What the detectors promise, measured: false alarms on series in which nothing happens, recall and error of the onset by
 * height, width and step of an episode, power at the smallest detectable change, and speed. `npm run bench:detect`, with
 * another number of runs a cell as argument. Ends with 1 when a promise is broken.
 */
import { detectors } from '../../src/detectors/all.js';
import { burst } from '../../src/detectors/burst.js';
import { levelShift } from '../../src/detectors/level-shift.js';
import { trend } from '../../src/detectors/trend.js';
import { falseAlarmRate, floored, kept, nullTests } from '../support/false-alarms.js';
import { powerAt } from '../support/power.js';
import { laws, noise, track, withEpisode, type NoiseLaw } from '../support/synth.js';

const START = 1_700_000_000_000;
const RUNS = Number(process.argv[2] ?? 2000);
const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
const name = (law: NoiseLaw): string => law.name.padEnd(42);
const broken: string[] = [];

function falseAlarms(): void {
  const lengths = [30, 60, 120, 300, 1000];
  for (const test of nullTests) {
    const promise = test.kind === 'exact' ? 'promise ±20 %' : `at most that: ${test.why ?? ''}`;
    console.log(`\nfalse alarms of ${test.id}, % of ${test.series}; nominal ${100 * test.nominal} %, ${promise}`);
    console.log(name({ name: '' } as NoiseLaw), lengths.map((n) => `n=${n}`.padStart(7)).join(' '));
    for (const law of laws) {
      const cells = lengths.map((n) => {
        const runs = Math.ceil(n > 300 ? RUNS / 2 : RUNS);
        const { rate, refused } = falseAlarmRate(test, law, n, runs);
        const fine = kept(test, law, rate, runs);
        if (!fine) broken.push(`${test.id}, ${law.name}, ${n} samples: ${percent(rate)} %`);
        return `${percent(rate)}${fine ? '' : '!'}${refused > 0 ? `(${percent(refused)} refused)` : ''}`.padStart(7);
      });
      const remark = test.id === 'dip' && floored(law) ? ' rests on its floor: nothing lies below' : '';
      console.log(name(law), cells.join(' ') + remark);
    }
  }
}

function recall(): void {
  const runs = Math.max(20, Math.ceil(RUNS / 40));
  for (const step of [1000, 15_000, 60_000])
    for (const n of [14, 60, 200]) {
      console.log(
        `\nrecall of bursts, % (median error of the onset, steps): n = ${n}, step ${step / 1000} s, ${runs} series a cell; columns: width × height in σ`,
      );
      for (const law of laws) {
        const cells = [1, 2, 5].flatMap((width) =>
          [4, 8, 16].map((height) => {
            const at = Math.floor(n / 2);
            const begin = START + at * step;
            const errors: number[] = [];
            for (let seed = 1; seed <= runs; seed++) {
              const found = burst.detect(withEpisode(law, n, seed, { at, width, height }, step));
              const hit = found.find(({ from, to }) => from < begin + width * step && to > begin - 2 * step);
              if (hit !== undefined) errors.push(Math.abs(hit.from - begin) / step);
            }
            return `${width}×${height}: ${shown(errors, runs)}`;
          }),
        );
        console.log(name(law), cells.join('  '));
      }
    }
}

function shown(errors: number[], runs: number): string {
  errors.sort((a, b) => a - b);
  const median = errors[errors.length >> 1];
  return `${percent(errors.length / runs)} (${median === undefined ? ' – ' : median.toFixed(1)})`;
}

function lastingRecall(): void {
  const runs = Math.max(20, Math.ceil(RUNS / 20));
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
lastingRecall();
power();
speed();
console.log(broken.length === 0 ? '\nall promises kept' : `\nbroken:\n${broken.join('\n')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
