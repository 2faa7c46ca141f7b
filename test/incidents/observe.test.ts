import { describe, expect, it } from 'vitest';
import { observe, totalOver } from '../../src/incidents/observe.js';
import { laws, noise, track } from '../support/synth.js';

const START = 1_700_000_000_000;
const STEP = 15_000;
const at = (i: number): number => START + i * STEP;

describe('observe', () => {
  it('tells up, down, flat, blind and absent apart', () => {
    const random = noise(1);
    const base = Array.from({ length: 60 }, () => 100 + random.normal());
    const gauge = (values: number[]): ReturnType<typeof track> => track(values, { unit: 'seconds', step: STEP });
    const window = { from: at(30) - 1, to: at(33) };
    const moved = (by: number): number[] => base.map((v, i) => (i >= 30 && i <= 33 ? v + by : v));
    expect(observe([gauge(moved(20))], window)).toMatchObject({ state: 'up', unit: 'seconds' });
    expect(observe([gauge(moved(-20))], window).state).toBe('down');
    const flat = observe([gauge(base)], window);
    expect(flat.state).toBe('flat');
    expect(flat.mde).toBeGreaterThan(0.5);
    expect(flat.mde).toBeLessThan(4);
    expect(observe([gauge(base.map((v, i) => (i >= 25 && i <= 40 ? NaN : v)))], window)).toMatchObject({
      state: 'blind',
      mde: null,
    });
    expect(observe([gauge(base)], window, { relevant: 0.01 }).state).toBe('blind');
    expect(observe([], window)).toMatchObject({ state: 'absent', mde: null });
  });

  it('does not dilute an event shorter than the step of a counter', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i === 20 ? 60 : 0));
    const counter = track(values, { kind: 'counter', unit: 'connections', step: 60_000 });
    const seen = observe([counter], { from: START + 20 * 60_000 + 10_000, to: START + 20 * 60_000 + 20_000 });
    expect(seen.state).toBe('up');
    expect(seen.change).toBeCloseTo(6, 6);
    const spread = observe([counter], { from: START + 20 * 60_000, to: START + 21 * 60_000 });
    expect(spread.change).toBeCloseTo(1, 6);
  });

  it('counts the events behind a smoothed rate', () => {
    // 60 events in one interval, seen as 1/s by four overlapping windows
    const values = Array.from({ length: 40 }, (_, i) => (i >= 20 && i < 24 ? 1 : 0));
    const rate = track(values, { kind: 'rate', unit: 'operations/second', step: STEP, window: 60_000 });
    const seen = observe([rate], { from: at(19), to: at(20) });
    expect(seen.state).toBe('up');
    expect(seen.change * 15).toBeGreaterThan(40);
    expect(seen.change * 15).toBeLessThan(80);
  });

  it('does not call a gauge flat that would have missed the event', () => {
    const gauge = track(new Array<number>(40).fill(3), { unit: 'connections', step: 60_000 });
    const window = { from: START + 20 * 60_000 - 5000, to: START + 20 * 60_000 + 5000 };
    expect(observe([gauge], window).state).toBe('blind');
    expect(observe([gauge], { from: START + 18 * 60_000, to: START + 22 * 60_000 }).state).toBe('flat');
  });

  it('claims of few instants only what does not hang on one of them', () => {
    const random = noise(3);
    const step = 5000;
    const seenAs = (inside: readonly number[]): ReturnType<typeof observe> => {
      const values = Array.from({ length: 60 }, (_, i) => inside[i - 30] ?? Math.abs(random.normal()));
      const window = { from: START + 30 * step, to: START + (29 + inside.length) * step };
      return observe([track(values, { unit: 'bytes', step })], window);
    };
    expect(seenAs([900]).certain).toBe(0);
    expect(seenAs([900, 1, 1, 1, 1]).certain).toBeLessThan(0.01);
    expect(seenAs([300, 300, 300, 300, 300]).certain).toBeGreaterThan(0.3);
    // three instants that met nothing exclude nothing; of many, the change that they would have shown
    expect(seenAs([1, 1, 1]).limits?.high ?? null).toBeNull();
    const many = seenAs(new Array<number>(12).fill(1));
    expect(many.limits?.high).toBeLessThan(20);
    expect(many.limits?.high).toBeGreaterThanOrEqual(many.mde!);
  });

  it('takes what a few instants met for no more than a part of what there was', () => {
    const pile = (inside: readonly number[]): ReturnType<typeof observe> => {
      const values = Array.from({ length: 90 }, (_, i) => inside[i - 30] ?? 0);
      const window = { from: at(30), to: at(29 + inside.length) };
      return observe([track(values, { unit: 'bytes', step: STEP })], window);
    };
    // a pile met by two of 28 instants may have been met by a few more
    const few = pile([12_000, 12_000, ...new Array<number>(26).fill(0)]);
    expect(few.limits!.high).toBeGreaterThan(2 * few.change);
    // what lasts for a few seconds is met by none of five looks
    expect(pile(new Array<number>(5).fill(0)).limits!.high).toBeNull();
    // piles of some kilobytes come and go between eight looks; not between fifty
    expect(pile(new Array<number>(8).fill(0)).limits!.high).toBeGreaterThan(5000);
    expect(pile(new Array<number>(50).fill(0)).limits!.high).toBeLessThan(1500);
    // of piles as large as were seen otherwise, more stays unseen
    const values = Array.from({ length: 90 }, (_, i) => (i % 20 === 5 && i < 30 ? 40_000 : 0));
    const window = { from: at(30), to: at(57) };
    expect(observe([track(values, { unit: 'bytes', step: STEP })], window).limits!.high).toBeGreaterThan(4000);
  });

  it('is the surer of intervals the finer they are', () => {
    const step = 1000;
    for (let seed = 1; seed <= 40; seed++) {
      const random = noise(seed);
      let drift = 0;
      // seconds of work with a memory of some samples, rounded to ticks of a hundredth
      const fine = Array.from({ length: 240 }, () => {
        drift = 0.8 * drift + 0.01 * random.normal();
        return Math.max(0, Math.round(100 * (0.1 + drift + 0.02 * random.normal())) / 100);
      });
      const coarse = Array.from({ length: 80 }, (_, i) => fine[3 * i]! + fine[3 * i + 1]! + fine[3 * i + 2]!);
      const window = { from: START + 120 * step, to: START + 150 * step };
      const high = (values: readonly number[], by: number): number =>
        observe([track(values, { kind: 'counter', unit: 'seconds', step: by })], window).limits!.high!;
      expect(high(fine, step)).toBeLessThanOrEqual(high(coarse, 3 * step));
    }
  });

  it('adds up pods or takes the most changed one', () => {
    const random = noise(8);
    const pods = [0, 6, 6].map((extra) =>
      track(
        Array.from({ length: 60 }, (_, i) => 50 + random.normal() + (i >= 30 && i <= 33 ? extra : 0)),
        { unit: 'seconds', step: STEP },
      ),
    );
    const window = { from: at(30) - 1, to: at(33) };
    expect(observe(pods, window, { aggregate: 'sum' }).change).toBeGreaterThan(8);
    expect(observe(pods, window, { aggregate: 'mean' }).change).toBeGreaterThan(2.5);
    expect(observe(pods, window, { aggregate: 'max' }).change).toBeGreaterThan(4);
    const blind = track(new Array<number>(3).fill(50), { unit: 'seconds', step: STEP });
    expect(observe([pods[0]!, blind], window).state).toBe('blind');
    expect(observe([pods[1]!, blind], window).state).toBe('up');
  });

  it('is right about its smallest detectable change: power 95 %, false alarms 5 %', () => {
    for (const law of laws.filter(({ name }) => /^(normal|quantised|Poisson 3|Poisson 200|overdispersed)/.test(name))) {
      let alarms = 0;
      let found = 0;
      const runs = 400;
      const window = {
        from: law.kind === 'counter' ? at(100) : at(100) - 1,
        to: at(law.kind === 'counter' ? 104 : 103),
      };
      for (let seed = 0; seed < runs; seed++) {
        const random = noise(seed * 13 + 1);
        const values = law.draw(200, random, STEP);
        const make = (list: number[]): ReturnType<typeof track> =>
          track(list, { kind: law.kind, unit: law.unit, step: STEP });
        const null_ = observe([make(values)], window);
        if (null_.state === 'up') alarms++;
        const mde = null_.mde!;
        const moved = values.map((v, i) => {
          if (i < 100 || i >= 104) return v;
          return law.kind === 'counter'
            ? v + random.poisson((mde * STEP) / 1000)
            : v + (law.unit === 'seconds' ? mde : Math.round(mde));
        });
        if (observe([make(moved)], window).state === 'up') found++;
      }
      expect(alarms / runs, `${law.name}: false alarms`).toBeLessThan(0.05 * 1.2 + 0.025);
      expect(found / runs, `${law.name}: power`).toBeGreaterThan(0.92);
    }
  });

  it('sums a seconds counter over a window, for sufficiency', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i >= 20 && i < 24 ? 12 : 0));
    const counter = track(values, { kind: 'counter', unit: 'pages', step: STEP });
    const total = totalOver(counter, { from: at(20), to: at(24) })!;
    expect(total.total).toBeCloseTo(48, 6);
    expect(total.excess).toBeCloseTo(48, 6);
    expect(totalOver(counter, { from: at(100), to: at(101) })).toBeNull();
  });
});
