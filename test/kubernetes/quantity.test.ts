import { expect, it } from 'vitest';
import { age, quantity } from '../../src/kubernetes/quantity.js';

it.each([
  ['250m', 0.25],
  ['29m', 0.029],
  ['2', 2],
  ['0.5', 0.5],
  ['128Mi', 134_217_728],
  ['1Ki', 1024],
  ['1k', 1000],
  ['1.5G', 1.5e9],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1E', 1e18],
  ['1e-1', 0.1],
  ['123456789n', 0.123456789],
  ['-1', -1],
])('%s is %d', (text, value) => {
  expect(quantity(text)).toBe(value);
});

it.each(['', 'abc', '1kb', '1 Gi', '<unknown>', '1..2', '0x10'])('%s is no quantity', (text) => {
  expect(quantity(text)).toBeNaN();
});

it.each([
  ['45s', 45_000],
  ['3m12s', 192_000],
  ['5d4h', 446_400_000],
  ['2y30d', 760 * 86_400_000],
  ['<unknown>', NaN],
  ['', NaN],
])('%s lasts %d ms', (text, ms) => {
  expect(age(text)).toBe(ms);
});
