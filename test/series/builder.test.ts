import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeriesBuilder, sharedLines } from '../../src/series/builder.js';

it('gives the lines of a table once for all its columns, and any others as they are', () => {
  const lines = sharedLines();
  const column = (of: readonly number[]): number | Uint32Array => {
    const builder = new SeriesBuilder();
    of.forEach((line, i) => builder.push(i, i, 0, line));
    return builder.finish(['f'], lines).origin.line;
  };
  const whole = column([2, 3, 4, 5]);
  expect(whole).toEqual(Uint32Array.of(2, 3, 4, 5));
  expect(column([2, 3, 4, 5])).toBe(whole);
  expect((column([2, 3, 4]) as Uint32Array).buffer).toBe((whole as Uint32Array).buffer);
  expect(column([2, 3, 4])).toEqual(Uint32Array.of(2, 3, 4));
  expect(column([9, 7, 5])).toEqual(Uint32Array.of(9, 7, 5));
  expect(column([2, 3, 5, 6])).toEqual(Uint32Array.of(2, 3, 5, 6));
  expect(column([2, 4, 6, 7, 7])).toEqual(Uint32Array.of(2, 4, 6, 7, 7));
  expect([column([7]), column([7, 7, 7]), column([0, 0, 1])]).toEqual([7, 7, Uint32Array.of(0, 0, 1)]);
});

it('keeps the line of each sample when samples are sorted', () => {
  const builder = new SeriesBuilder();
  [30, 20, 10].forEach((time, i) => builder.push(time, i, 0, 5 + i));
  expect(builder.finish(['f']).origin.line).toEqual(Uint32Array.of(7, 6, 5));
});

it('takes columns as it takes samples one by one', () => {
  const part = fc.record({
    step: fc.integer({ min: 1, max: 5 }),
    start: fc.integer({ min: 0, max: 200 }),
    count: fc.integer({ min: 1, max: 60 }),
    file: fc.integer({ min: 0, max: 1 }),
    line: fc.integer({ min: 1, max: 2 }),
    alone: fc.boolean(),
  });
  const run = (parts: readonly (typeof part extends fc.Arbitrary<infer T> ? T : never)[]): void => {
    const one = new SeriesBuilder();
    const other = new SeriesBuilder();
    let number = 0;
    for (const { step, start, count, file, line, alone } of parts) {
      const times = Float64Array.from({ length: count }, (_, i) => start + i * step);
      const values = times.map(() => number++);
      times.forEach((time, i) => one.push(time, values[i]!, file, line));
      if (alone) times.forEach((time, i) => other.push(time, values[i]!, file, line));
      else other.pushAll(times, values, count, file, line);
      // what was handed over is a copy
      times.fill(NaN);
    }
    expect([other.length, other.sorted]).toEqual([one.length, one.sorted]);
    expect(other.finish(['a', 'b'])).toEqual(one.finish(['a', 'b']));
  };
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }), run), { seed: 1, numRuns: 2000 });
});
