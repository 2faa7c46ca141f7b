/**
 * What the detectors promise, measured: false alarms on series in which nothing happens, recall and error of the onset by
 * height, width and step of an episode, power at the smallest detectable change, and speed. `npm run bench:detect`.
 */
import { detectors } from '../../src/detectors/all.js';
import { burst } from '../../src/detectors/burst.js';
import { observe } from '../../src/incidents/observe.js';
import { analyse } from '../../src/stats/scoring.js';
import { laws, noise, track, withEpisode, type NoiseLaw } from '../support/synth.js';

const START = 1_700_000_000_000;
const RUNS = Number(process.argv[2] ?? 300);
const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
const name = (law: NoiseLaw): string => law.name.padEnd(40);

function falseAlarms(): void {
  console.log(
    `\nfalse alarms, % of series, at a nominal 5 % each for bursts / dips (${4 * RUNS} series a cell, fewer for long ones)`,
  );
  for (const law of laws) {
    const cells = [14, 30, 60, 200, 1000].map((n) => {
      const runs = n > 100 ? Math.ceil((2 * RUNS * 100) / n) : 4 * RUNS;
      let up = 0;
      let down = 0;
      for (let seed = 0; seed < runs; seed++) {
        const scored = analyse(withEpisode(law, n, seed * 7919 + n), 0.05);
        if (scored?.up.length) up++;
        if (scored?.down.length) down++;
      }
      return `n=${n}: ${percent(up / runs)} /${percent(down / runs)}`;
    });
    console.log(name(law), cells.join('   '));
  }
}

function recall(): void {
  for (const step of [1000, 15_000, 60_000])
    for (const n of [14, 60, 200]) {
      console.log(
        `\nrecall, % (median error of the onset, steps): n = ${n}, step ${step / 1000} s; columns: width × height in σ`,
      );
      for (const law of laws) {
        const cells = [1, 2, 5].flatMap((width) =>
          [4, 8, 16].map((height) => {
            const runs = Math.max(40, Math.ceil(RUNS / 5));
            const errors: number[] = [];
            const at = Math.floor(n / 2);
            for (let seed = 1; seed <= runs; seed++) {
              const found = burst.detect(withEpisode(law, n, seed, { at, width, height }, step));
              const begin = START + at * step;
              const hit = found.find(({ from, to }) => from < begin + width * step && to > begin - 2 * step);
              if (hit !== undefined) errors.push(Math.abs(hit.from - begin) / step);
            }
            errors.sort((a, b) => a - b);
            const median = errors[errors.length >> 1];
            return `${width}×${height}: ${percent(errors.length / runs)} (${median === undefined ? ' – ' : median.toFixed(1)})`;
          }),
        );
        console.log(name(law), cells.join('  '));
      }
    }
}

function power(): void {
  console.log(
    '\nobservation: false alarms at 5 %, and power for an effect of the stated smallest detectable size (promise: 95 %)',
  );
  const step = 15_000;
  for (const law of laws) {
    const cells = (
      [
        [14, 6, 2],
        [60, 30, 2],
        [200, 100, 4],
      ] as const
    ).map(([n, at, width]) => {
      const shift = law.kind === 'counter' ? 0 : -1;
      const window = {
        from: START + at * step + shift,
        to: START + (at + width) * step + (law.kind === 'counter' ? 0 : -step / 2),
      };
      const make = (values: number[]): ReturnType<typeof track> =>
        track(values, { kind: law.kind, unit: law.unit, step });
      let alarms = 0;
      let hits = 0;
      let tests = 0;
      for (let seed = 0; seed < RUNS; seed++) {
        const random = noise(seed * 31 + n);
        const values = law.draw(n, random, step);
        const seen = observe([make(values)], window);
        if (seen.state === 'up') alarms++;
        const mde = seen.mde;
        if (mde === null) continue;
        tests++;
        const moved = values.map((v, i) => {
          if (i < at || i >= at + width) return v;
          if (law.kind === 'counter') return v + random.poisson((mde * step) / 1000);
          return v + (law.unit === 'seconds' ? mde : Math.round(mde));
        });
        if (observe([make(moved)], window).state === 'up') hits++;
      }
      return `n=${n}: ${percent(alarms / RUNS)} ${percent(hits / tests)}`;
    });
    console.log(name(law), cells.join('   '));
  }
}

function speed(): void {
  console.log('\nspeed of all detectors, CPU ms a series (mean over the noise laws), and for 2,000 series');
  const cost = [2880, 5760].map((n) => {
    const tracks = laws.flatMap((law) => [1, 2, 3, 4, 5].map((seed) => withEpisode(law, n, seed)));
    const before = process.cpuUsage().user;
    for (const one of tracks) for (const detector of detectors) detector.detect(one);
    const each = (process.cpuUsage().user - before) / 1000 / tracks.length;
    console.log(`n=${n}: ${each.toFixed(2)} ms, ${(2 * each).toFixed(1)} s`);
    return each;
  });
  console.log(`twice the samples cost ${(cost[1]! / cost[0]!).toFixed(2)} times as much`);
}

falseAlarms();
recall();
power();
speed();
