import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resets, toTrack, unwrapped } from '../../src/series/rate.js';
import { series, T0 } from '../support/case.js';

const counter = { kind: 'counter', unit: 'connections' } as const;
const increments = fc.array(fc.nat(10_000), { minLength: 2, maxLength: 60 });
const offset = fc.integer({ min: 0, max: 1e12 });
const sums = (steps: readonly number[], from: number): number[] => {
  let sum = from;
  return steps.map((step) => (sum += step));
};

describe('toTrack of a counter', () => {
  it('is the increase over the true time', () => {
    const track = toTrack(series([10, 12, 18], { ...counter, time: Float64Array.of(T0, T0 + 2000, T0 + 2500) }));
    expect([...track.value]).toEqual([NaN, 1, 12]);
    expect([...track.count!]).toEqual([NaN, 2, 6]);
    expect([...track.from]).toEqual([T0, T0, T0 + 2000]);
    expect(track.law).toBe('count');
  });

  it('adds up to what the counter counted, whatever its offset', () => {
    fc.assert(
      fc.property(increments, offset, (steps, from) => {
        const track = toTrack(series(sums(steps, from), counter));
        const counted = track.count!.slice(1).reduce((a, b) => a + b, 0);
        expect(counted).toBe(steps.slice(1).reduce((a, b) => a + b, 0));
        expect([...track.value.slice(1)]).toEqual(steps.slice(1));
      }),
    );
  });

  it('is never negative and unknown exactly where the counter fell', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 50 }), (values) => {
        const given = series(values, counter);
        const track = toTrack(given);
        const fell = new Set(resets(given));
        track.value.forEach((rate, i) => {
          expect(Number.isNaN(rate)).toBe(i === 0 || fell.has(i));
          if (!Number.isNaN(rate)) expect(rate).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('bridges a missing sample with the time that passed', () => {
    const track = toTrack(series([0, NaN, 10], counter));
    expect([...track.value]).toEqual([NaN, NaN, 5]);
    expect(track.from[2]).toBe(T0);
  });

  it('knows nothing from one sample, and zero from a constant', () => {
    expect([...toTrack(series([7], counter)).value]).toEqual([NaN]);
    expect([...toTrack(series([7, 7, 7], counter)).value]).toEqual([NaN, 0, 0]);
  });

  it('counts on past 32 bits only where the catalogue says so', () => {
    const values = [2 ** 32 - 10, 5];
    expect(toTrack(series(values, { ...counter, signal: 'net.softnet.processed' })).value[1]).toBe(15);
    expect(resets(series(values, { ...counter, signal: 'net.softnet.processed' }))).toEqual([]);
    expect(toTrack(series(values, { ...counter, signal: 'net.tcp.passive_opens' })).value[1]).toBeNaN();
  });

  it('has no whole events for things that come in pieces', () => {
    const track = toTrack(series([0, 0.25], { kind: 'counter', unit: 'seconds' }));
    expect(track.count).toBeUndefined();
    expect(track.law).toBe('level');
  });

  it('leaves its input alone', () => {
    const given = series([1, 5, 2], counter);
    toTrack(given);
    expect([...given.value]).toEqual([1, 5, 2]);
  });
});

describe('toTrack of what is no counter', () => {
  it('never rates a rate again and keeps its smoothing', () => {
    const rate = series([5, 1, 5], { kind: 'rate', unit: 'count/second', window: 60_000 });
    const track = toTrack(rate);
    expect([...track.value]).toEqual([5, 1, 5]);
    expect(track.from[1]).toBe(track.time[1]! - 60_000);
  });

  it('lets a gauge speak for its instants', () => {
    const track = toTrack(series([5, NaN, 1]));
    expect([...track.value]).toEqual([5, NaN, 1]);
    expect([...track.from]).toEqual([...track.time]);
  });
});

it('unwrapped counters never fall at an overflow and still fall at a reset', () => {
  const top = 2 ** 32;
  expect([...unwrapped(Float64Array.of(top - 3, 2, top - 1, 4))]).toEqual([top - 3, top + 2, 2 * top - 1, 2 * top + 4]);
  expect([...unwrapped(Float64Array.of(500, 3, 8))]).toEqual([500, 3, 8]);
});
