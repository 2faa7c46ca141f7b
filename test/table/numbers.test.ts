import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainNumber } from '../../src/table/numbers.js';

const agrees = (text: string): void => {
  expect(plainNumber(text), text).toBe(Number(text));
};

it('reads plain cells as Number() does', () => {
  const cell = fc.stringMatching(/^-?\d{1,17}(\.\d{0,17})?([eE][+-]?\d{1,2})?$/);
  fc.assert(fc.property(cell, agrees), { seed: 1, numRuns: 50_000 });
  const shortest = fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => Math.abs(value) >= 1e-6);
  fc.assert(fc.property(shortest.map(String), agrees), { seed: 2, numRuns: 50_000 });
  for (const text of ['0', '-0', '5.', '-1.50', '9007199254740991', '9007199254740993', '0.1000000000000000', '12 '])
    agrees(text);
});

it('leaves what is no plain number to others', () => {
  for (const text of ['', '-', '-.', '-.5.', '.5', '1.2.3', '1,5', '0x10', '0b1', '1e999', '1-2', '٣', 'NaN', '+1'])
    expect(plainNumber(text), text).toBeNaN();
});
