import { describe, expect, it } from 'vitest';
import { nearMemory, tailShape } from '../../src/stats/null-shape.js';
import { reading, surfaceTerms } from '../../src/stats/null-surface.js';
import { noise } from '../support/synth.js';

const many = (n: number, one: () => number): Float64Array => Float64Array.from({ length: n }, one);

describe('shape of tails', () => {
  it.each([
    ['normal', (r: ReturnType<typeof noise>) => r.normal(), 0, 0],
    ['exponential: 1/3 and 1/6', (r: ReturnType<typeof noise>) => r.exponential(), 1 / 3, 1 / 6 - 0.1226],
    ['uniform: 0 and 0', (r: ReturnType<typeof noise>) => r.uniform(), 0, -0.1226],
  ])('%s', (_, one, skew, tail) => {
    const random = noise(1);
    const found = tailShape(many(20_000, () => one(random)).sort());
    expect(found[0]).toBeCloseTo(skew, 1);
    expect(found[1]).toBeCloseTo(tail, 1);
  });

  it('knows no zero point and no unit, and nothing of too few or constant values', () => {
    const random = noise(2);
    const list = many(50, () => Math.round(100 * random.normal())).sort();
    const plain = tailShape(list);
    for (const c of [1e6, -1e12]) expect(tailShape(list.map((v) => v + c))).toEqual(plain);
    expect(tailShape(list.map((v) => v * 1024))[0]).toBeCloseTo(plain[0], 12);
    expect(tailShape(Float64Array.of(1, 2, 3))).toEqual([0, 0]);
    expect(tailShape(new Float64Array(20).fill(7))).toEqual([0, 0]);
  });
});

describe('near memory', () => {
  it('is that of an autoregression, and nearly none without one', () => {
    const random = noise(3);
    let x = 0;
    const list = many(5000, () => (x = 0.6 * x + 0.8 * random.normal()));
    const all = new Uint8Array(5000).fill(1);
    const [one, two] = nearMemory(list, all);
    expect(one).toBeCloseTo(0.6, 1);
    expect(two).toBeCloseTo(0.36, 1);
    expect(
      nearMemory(
        many(5000, () => random.normal()),
        all,
      )[0],
    ).toBeLessThan(0.05);
    expect(nearMemory(new Float64Array(50), new Uint8Array(50).fill(1))).toEqual([0, 0]);
  });
});

describe('readings', () => {
  const shape = { count: 90, traits: [0.5, -1] };

  it('know the terms: constant, 1/√n, traits, their products, and these over √n', () => {
    const short = 3 / Math.sqrt(90);
    const along = (x: number): number[] => [x, x * short];
    expect(surfaceTerms(shape, 2)).toEqual(
      [1, short, short * short, ...along(0.5), 0.5 * short * short, ...along(-1), -1 * short * short].concat(
        [0.25, -0.5, 1].flatMap(along),
      ),
    );
  });

  it('go there and back, keep the order, and leave the flat surface alone', () => {
    const flat = reading({ least: 0.7, most: 4.5, slowest: 0.5, scale: [], rise: [] }, shape, 2, 3.5);
    expect(flat.read(4.2)).toBeCloseTo(4.2, 12);
    const bent = reading({ least: 0.7, most: 4.5, slowest: 0.5, scale: [0.3], rise: [-0.1] }, shape, 2, 3.5);
    expect(bent.read(3.5 * Math.exp(0.3))).toBeCloseTo(3.5, 12);
    for (const z of [0.5, 2, 5, 30]) expect(bent.raw(bent.read(z))).toBeCloseTo(z, 9);
    expect(bent.read(6)).toBeGreaterThan(bent.read(5));
    expect(bent.read(-1)).toBe(0);
  });

  it('stay within their bounds', () => {
    expect(reading({ least: 0.7, most: 4.5, slowest: 0.5, scale: [-9], rise: [] }, shape, 2, 1).read(1)).toBeCloseTo(
      1 / 0.7,
      9,
    );
    expect(reading({ least: 0.7, most: 4.5, slowest: 0.5, scale: [9], rise: [] }, shape, 2, 1).read(1)).toBeCloseTo(
      1 / 4.5,
      9,
    );
  });
});
