import { describe, expect, it } from 'vitest';
import { detectAll, FALSE_DISCOVERIES } from '../../src/detectors/all.js';
import { falseAlarmRate, floored, nullTests } from '../support/false-alarms.js';
import { nullDump } from '../support/null-dump.js';
import { powerAt } from '../support/power.js';
import { laws } from '../support/synth.js';

/** The small version of `npm run bench:detect`, whose tables are the promise: fewer series, wider margins. */
const RUNS = 200;
const LENGTH = 60;

describe('false alarms', () => {
  for (const test of nullTests.filter(({ kind }) => kind === 'exact'))
    it(`of ${test.id} are near ${100 * test.nominal} % on the average of the laws, and far from it under none`, () => {
      const used = test.id === 'dip' ? laws.filter((law) => !floored(law)) : laws;
      const rates = used.map((law) => ({ law: law.name, rate: falseAlarmRate(test, law, LENGTH, RUNS) }));
      const error = (runs: number): number => 3 * Math.sqrt((test.nominal * (1 - test.nominal)) / runs);
      for (const { law, rate } of rates) expect(rate, law).toBeLessThanOrEqual(1.4 * test.nominal + error(RUNS));
      const mean = rates.reduce((sum, { rate }) => sum + rate, 0) / rates.length;
      expect(mean).toBeGreaterThan(0.75 * test.nominal - error(RUNS * used.length));
      expect(mean).toBeLessThan(1.25 * test.nominal + error(RUNS * used.length));
    });

  for (const test of nullTests.filter(({ kind }) => kind === 'bound'))
    it(`of ${test.id} stay below ${100 * test.nominal} %`, () => {
      let alarms = 0;
      for (const law of laws) alarms += falseAlarmRate(test, law, LENGTH, 60) / laws.length;
      expect(alarms).toBeLessThanOrEqual(test.nominal + 2 * Math.sqrt((test.nominal * (1 - test.nominal)) / 600));
    });
});

describe('false discoveries', () => {
  it('are rare in dumps of many series in which nothing happened', () => {
    const dumps = 12;
    const counts = Array.from({ length: dumps }, (_, seed) => detectAll(nullDump(120, seed, 8)).length);
    const error = Math.sqrt((FALSE_DISCOVERIES * (1 - FALSE_DISCOVERIES)) / dumps);
    const share = counts.filter((count) => count > 0).length / dumps;
    expect(share).toBeLessThanOrEqual(FALSE_DISCOVERIES + 3 * error);
  });
});

describe('power at the stated smallest detectable change', () => {
  it.each(laws.map((law) => [law.name, law] as const))('%s', (_, law) => {
    for (const [n, width] of [
      [30, 4],
      [200, 4],
    ] as const) {
      const { power, blind } = powerAt(law, n, width, 150);
      expect(blind).toBe(0);
      // 95 % less the margin of 5 and two standard errors
      expect(power).toBeGreaterThanOrEqual(0.865);
    }
  });
});
