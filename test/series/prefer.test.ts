import { expect, it } from 'vitest';
import { preferred } from '../../src/series/prefer.js';
import { series, T0 } from '../support/case.js';

const every = (step: number, n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => T0 + i * step);
const of = (step: number, n: number, more = {}): ReturnType<typeof series> =>
  series(Array<number>(n).fill(1), { key: 'k', step, time: every(step, n), ...more });

it('prefers the finest step that covers the time', () => {
  const fine = of(1000, 200);
  const coarse = of(15_000, 14);
  expect(preferred({ series: [coarse, fine] })).toEqual([fine]);
  const short = of(1000, 20);
  expect(preferred({ series: [coarse, short] })).toEqual([coarse]);
});

it('prefers a raw counter to a smoothed rate, even a finer one', () => {
  const raw = of(15_000, 14, { kind: 'counter' });
  const rated = of(5000, 41, { kind: 'rate', window: 60_000 });
  expect(preferred({ series: [rated, raw] })).toEqual([raw]);
});

it('keeps one series per key, in order, and never a single sample where there are more', () => {
  const a = of(1000, 5, { key: 'a' });
  const single = of(0, 1, { key: 'b' });
  const b = of(15_000, 5, { key: 'b' });
  expect(preferred({ series: [a, single, b] })).toEqual([a, b]);
});
