import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, type Part } from '../../src/series/fold.js';

const part = (time: readonly number[], value: readonly number[]): Part => ({
  time: Float64Array.from(time),
  value: Float64Array.from(value),
  origin: { files: ['f'], file: 0, line: 1 },
});
const counters = { by: 'sum', counter: true, fromZero: false } as const;
const gauges = { by: 'sum', counter: false, fromZero: false } as const;

describe('fold', () => {
  it('sums, averages and takes the highest on common times', () => {
    const parts = [part([1, 2], [1, 2]), part([1, 2], [3, 8])];
    expect([...fold(parts, gauges).value]).toEqual([4, 10]);
    expect([...fold(parts, { ...gauges, by: 'mean' }).value]).toEqual([2, 5]);
    expect([...fold(parts, { ...gauges, by: 'max' }).value]).toEqual([3, 8]);
  });

  it('follows the part of a counter that rises most or least in each interval', () => {
    const parts = [part([1, 2, 3, 4], [100, 101, 102, 112]), part([1, 2, 3, 4], [7, 10, 10, 10])];
    expect([...fold(parts, { ...counters, by: 'max' }).value]).toEqual([0, 3, 4, 14]);
    expect([...fold(parts, { ...counters, by: 'min' }).value]).toEqual([0, 1, 1, 1]);
    expect([...fold([part([1, 2], [5, 9]), part([1, 2], [8, 2])], { ...counters, by: 'min' }).value]).toEqual([0, 2]);
  });

  it('lets counters come and go without a jump', () => {
    const parts = [part([1, 2, 3, 4], [10, 11, 12, 13]), part([3, 4], [100, 101]), part([1, 2], [50, 51])];
    expect([...fold(parts, counters).value]).toEqual([160, 162, 163, 165]);
  });

  it('counts from zero what is born at zero', () => {
    const parts = [part([1, 2, 3], [10, 10, 10]), part([2, 3], [5, 7])];
    expect([...fold(parts, { ...counters, fromZero: true }).value]).toEqual([10, 15, 17]);
  });

  it('lets gauges be absent outside their life and unknown in a gap', () => {
    expect([...fold([part([1, 2, 3], [1, 1, 1]), part([2, 3], [5, 5])], gauges).value]).toEqual([1, 6, 6]);
    expect([...fold([part([1, 2], [1, 1]), part([1, 2], [NaN, 5])], gauges).value]).toEqual([NaN, 6]);
  });

  it('speaks only of the times at which most parts were sampled', () => {
    const coarse = [0, 10, 20, 30].map((t) => t * 1000);
    const fine = Array.from({ length: 31 }, (_, i) => i * 1000);
    const parts = [
      part(coarse, [0, 1, 2, 3]),
      part(coarse, [0, 1, 2, 3]),
      part(
        fine,
        fine.map(() => 7),
      ),
    ];
    expect([...fold(parts, counters).time]).toEqual(coarse);
    expect([...fold(parts, counters).value]).toEqual([7, 9, 11, 13]);
  });

  it('of counters never falls', () => {
    const life = fc.record({ from: fc.nat(10), steps: fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }) });
    fc.assert(
      fc.property(fc.array(life, { minLength: 1, maxLength: 6 }), fc.boolean(), (lives, fromZero) => {
        const parts = lives.map(({ from, steps }) => {
          let sum = 0;
          return part(
            steps.map((_, i) => from + i),
            steps.map((step) => (sum += step)),
          );
        });
        const { value } = fold(parts, { ...counters, fromZero });
        for (let i = 1; i < value.length; i++) expect(value[i]).toBeGreaterThanOrEqual(value[i - 1]!);
      }),
    );
  });
});
