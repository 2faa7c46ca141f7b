import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../../src/dump/decimal.js';

const decimal = new Decimal();
const encoder = new TextEncoder();
let slow = 0;
let all = 0;

/** Whatever it reads is what `Number()` reads. */
function agrees(text: string): void {
  const bytes = encoder.encode(`${text},`);
  const end = decimal.read(bytes, 0);
  all += 1;
  if (end < 0) slow += 1;
  else {
    expect(end).toBe(text.length);
    expect(decimal.value, text).toBe(Number(text));
  }
}

it('rounds as Number() does', () => {
  const digits = fc.stringMatching(/^\d{1,12}(\.\d{1,20})?$/);
  fc.assert(fc.property(digits, agrees), { seed: 1, numRuns: 50_000 });
});

it('rounds shortest forms of doubles, and almost never gives up on them', () => {
  slow = 0;
  all = 0;
  const positive = fc.double({ min: 1e-5, max: 1e15, noNaN: true }).map(String);
  const share = fc.double({ min: 0.001, max: 1, noNaN: true }).map(String);
  fc.assert(fc.property(fc.oneof(positive, share), agrees), { seed: 2, numRuns: 50_000 });
  expect(slow / all).toBeLessThan(0.05);
});

it('is right at the middle between two doubles', () => {
  // 2^53 + 1 and its like lie exactly between two doubles; their neighbours a little off
  for (const base of [9007199254740993n, 9007199254740995n, 18014398509481986n, 36028797018963972n]) {
    for (const text of [`${base}`, `${base}.5`, `${base}.1`, `${base - 1n}.9`, `${base}.0001`]) agrees(text);
  }
  for (let i = 0; i < 2000; i++) {
    // (2k+1)/2^54 printed in full has more digits than fit; its cut forms lie near a middle
    const middle = (0.5 + i / 4096 + 2 ** -54).toFixed(20);
    agrees(middle);
    agrees(middle.slice(0, -1));
    agrees(middle.slice(0, -2));
  }
});

it('is right where one group of digits ends and the next begins', () => {
  const digits = (min: number, max: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom('0', '1', '4', '5', '9'), { minLength: min, maxLength: max }).map((list) => list.join(''));
  for (let whole = 1; whole <= 17; whole++)
    for (let decimals = 1; decimals <= 20; decimals++)
      fc.assert(
        fc.property(digits(whole, whole), digits(decimals, decimals), (a, b) => {
          agrees(a);
          agrees(`${a}.${b}`);
        }),
        { seed: 3, numRuns: 60 },
      );
});

it('leaves other forms alone', () => {
  for (const text of ['', '.5', '5.', '-1', 'NaN', '1.00000000000000000000000']) {
    const end = decimal.read(encoder.encode(`${text},`), 0);
    expect(end < 0 || end < text.length, text).toBe(true);
  }
});
