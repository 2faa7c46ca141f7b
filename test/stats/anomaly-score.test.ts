import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyAlarms, anomalyScores } from '../../src/stats/anomaly-score.js';
import { noise } from '../support/synth.js';

const STEP = 300_000;
const clock = (n: number) => Float64Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i * STEP);
const of = (n: number, seed: number, make: (i: number, r: ReturnType<typeof noise>) => number) => {
  const random = noise(seed);
  return Float64Array.from({ length: n }, (_, i) => make(i, random));
};
const alarms = (values: Float64Array) =>
  [...anomalyAlarms(clock(values.length), values)].flatMap((score, i) => (score >= 0.5 ? [i] : []));

describe('anomalyScores', () => {
  it('gives one score in [0, 1] per sample, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.integer(), fc.constant(NaN)), { maxLength: 120 }), (list) => {
        const scores = anomalyScores(clock(list.length), list);
        expect(scores).toHaveLength(list.length);
        for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('is 0 for constants, few samples, and missing samples', () => {
    expect(Math.max(...anomalyScores(clock(200), new Float64Array(200).fill(5)))).toBeLessThan(0.5);
    expect([...anomalyScores(clock(3), [1, 2, 3])]).toEqual([0, 0, 0]);
    const gap = of(300, 1, (i, r) => (i === 100 ? NaN : r.normal()));
    expect(anomalyScores(clock(300), gap)[100]).toBe(0);
  });

  it('does not depend on zero point and unit', () => {
    const whole = of(600, 2, (i, r) => Math.round(10 * r.normal()) + (i === 300 ? 200 : 0));
    const plain = alarms(whole);
    expect(plain).toContain(300);
    expect(alarms(whole.map((v) => v + 1e12))).toEqual(plain);
    expect(alarms(whole.map((v) => v * 1024))).toEqual(plain);
  });

  it('alarms about as often as one threshold for all should, under several laws', () => {
    const laws: [string, (i: number, r: ReturnType<typeof noise>) => number][] = [
      ['normal', (_, r) => r.normal()],
      ['exponential', (_, r) => r.exponential()],
      ['log-normal', (_, r) => Math.exp(r.normal())],
      ['poisson', (_, r) => r.poisson(2)],
      ['spiky', (_, r) => r.normal() + (r.uniform() < 0.02 ? 20 * r.uniform() : 0)],
    ];
    const rows = laws.map(([law, make]) => {
      let count = 0;
      for (let seed = 0; seed < 20; seed++) count += alarms(of(2000, seed, make)).length;
      return { law, 'alarms a series': count / 20 };
    });
    console.table(rows);
    for (const row of rows) expect(row['alarms a series'], row.law).toBeLessThanOrEqual(2.5);
  });

  it('finds a spike, a missing day of a daily habit, and a level that lasts', () => {
    expect(alarms(of(2000, 3, (i, r) => r.normal() + (i === 1234 ? 15 : 0)))).toContain(1234);
    const day = 288;
    const habit = of(
      14 * day,
      4,
      (i, r) => (i % day > 100 && i % day < 200 && Math.floor(i / day) !== 9 ? 50 : 0) + r.normal(),
    );
    expect(alarms(habit).some((i) => i >= 9 * day + 95 && i < 9 * day + 215)).toBe(true);
    const level = of(4000, 5, (i, r) => r.normal() + (i >= 2500 && i < 2700 ? 3 : 0));
    expect(alarms(level).some((i) => i >= 2480 && i < 2720)).toBe(true);
  });

  it('does not call the regular odd', () => {
    expect(alarms(of(4000, 6, (i, r) => r.normal() + (i % 270 === 5 ? 30 : 0)))).toEqual([]);
  });
});
