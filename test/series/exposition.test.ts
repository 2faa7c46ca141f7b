import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSample, type KnownHeads } from '../../src/series/exposition.js';

/** Heads that begin alike, braces in values and names, and what is wrong. */
const head = fc.oneof(
  fc.constantFrom(
    'a',
    'a{}',
    'a {}',
    'a{b="1"}',
    'a{b="1",}',
    '{"a"}',
    '{"a", b="} "}',
    'a{b="} 1"}',
    '{__name__="a"}',
  ),
  fc
    .array(
      fc.tuple(fc.constantFrom('b', '"c d"', '__name__', 'e'), fc.stringMatching(/^[} {",\\=x1]{0,6}$/)),
      { maxLength: 3 }, // prettier-ignore
    )
    .map((labels) => `a{${labels.map(([name, text]) => `${name}="${text}"`).join(',')}}`),
);
const rest = fc.constantFrom(' 1', '  2 1700000000000', ' 1 # {t="} x"} 3', ' x', '', '\t5', ' 1 2 3');
const line = fc.tuple(fc.constantFrom('', ' '), head, rest).map((parts) => parts.join(''));

it('reads a line as it reads it alone, whatever was read before', () => {
  const run = (lines: readonly string[]): void => {
    const known: KnownHeads = new Map();
    for (const text of [...lines, ...lines]) {
      expect(parseSample(text, known)).toStrictEqual(parseSample(text));
    }
  };
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), run), { seed: 1, numRuns: 5000 });
});

it('gives one object for the labels of lines that begin alike', () => {
  const known: KnownHeads = new Map();
  const [one, two] = ['a{b="1"} 1 1700000000000', 'a{b="1"} 2 1700000015000'].map((text) => parseSample(text, known));
  expect(one).toMatchObject({ value: 1 });
  expect(two).toMatchObject({ value: 2 });
  expect((one as { labels: unknown }).labels).toBe((two as { labels: unknown }).labels);
});
