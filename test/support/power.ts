import { absence } from '../../src/incidents/absence.js';
import { observe } from '../../src/incidents/observe.js';
import { noise, track, type NoiseLaw } from './synth.js';

const START = 1_700_000_000_000;
const STEP = 15_000;

/** What `observe` says of a window in which nothing happened, and in which an effect of its own smallest size did. */
export interface Power {
  /** Share of quiet windows called up. */
  readonly alarms: number;
  /** Share of windows with an effect of the stated size that are called up; NaN when no size was stated. */
  readonly power: number;
  /** Share of quiet windows of which nothing could be stated. */
  readonly blind: number;
}

/** Power at the stated smallest detectable change: `n` samples, a window of `width` of them in the middle. */
export function powerAt(law: NoiseLaw, n: number, width: number, runs: number): Power {
  const at = Math.floor((n - width) / 2);
  const counter = law.kind === 'counter';
  const window = {
    from: START + at * STEP + (counter ? 0 : -1),
    to: START + (at + width) * STEP + (counter ? 0 : -STEP / 100),
  };
  const make = (values: number[]) => track(values, { kind: law.kind, unit: law.unit, step: STEP, start: START });
  let alarms = 0;
  let hits = 0;
  let tests = 0;
  for (let seed = 0; seed < runs; seed++) {
    const random = noise(seed * 31 + n * 7 + width);
    const values = law.draw(n, random, STEP);
    const seen = observe([make(values)], window);
    if (seen.state === 'up') alarms++;
    // the size stated for a window that turned out quiet and for one that did not is the same
    const mde = seen.mde;
    if (mde === null) continue;
    tests++;
    const moved = values.map((v, i) => {
      if (i < at || i >= at + width) return v;
      if (counter) return v + random.poisson((mde * STEP) / 1000);
      // whole numbers carry an effect between them on the average
      return v + (law.unit === 'seconds' ? mde : Math.floor(mde + random.uniform()));
    });
    if (observe([make(moved)], window).state === 'up') hits++;
  }
  return { alarms: alarms / runs, power: hits / tests, blind: 1 - tests / runs };
}

/** What `absence` says of four samples among `n` in which a change of two deviations was, and of quiet ones. */
export function absenceAt(law: NoiseLaw, n: number, runs: number): { wrong: number; flat: number } {
  const width = 4;
  const at = (n - width) >> 1;
  const counter = law.kind === 'counter';
  const early = counter ? 0 : -1;
  const window = { from: START + at * STEP + early, to: START + (at + width) * STEP + early };
  const make = (values: number[]) => track(values, { kind: law.kind, unit: law.unit, step: STEP, start: START });
  const size = 2 * law.sd;
  let wrong = 0;
  let flat = 0;
  for (let seed = 0; seed < runs; seed++) {
    const random = noise(seed * 37 + n);
    const values = law.draw(n, random, STEP);
    const moved = values.map((v, i) => {
      if (i < at || i >= at + width) return v;
      if (counter) return v + random.poisson(size);
      return v + (law.unit === 'seconds' ? size : Math.floor(size + random.uniform()));
    });
    const matters = { relevant: counter ? (size * 1000) / STEP : size, direction: 'up' } as const;
    if (absence(make(moved), window, matters).state === 'flat') wrong++;
    const { mde } = absence(make(values), window, matters);
    if (mde !== null && absence(make(values), window, { ...matters, relevant: mde }).state === 'flat') flat++;
  }
  return { wrong: wrong / runs, flat: flat / runs };
}
