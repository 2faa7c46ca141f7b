import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Detector } from '../../src/detectors/detector.js';
import type { Finding } from '../../src/types/finding.js';
import { noise, track } from './synth.js';

const START = 1_700_000_000_000;
const STEP = 15_000;

interface Shape {
  readonly seed: number;
  readonly n: number;
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  n: fc.integer({ min: 30, max: 120 }),
  at: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
  width: fc.integer({ min: 1, max: 8 }),
  height: fc.constantFrom(-30, 0, 30),
});

/** Gaussian noise about 50 with an episode; multiples of 2⁻¹⁰, so that offsets up to 10¹² stay exact. */
function values({ seed, n, at, width, height }: Shape): number[] {
  const random = noise(seed);
  const out = Array.from({ length: n }, () => 50 + random.normal());
  const first = Math.floor(at * n);
  for (let i = first; i < Math.min(n, first + width); i++) out[i] = out[i]! + height;
  return out.map((v) => Math.round(v * 1024) / 1024);
}

function places(findings: readonly Finding[]): [number, number][] {
  return findings.map(({ from, to }) => [from, to]);
}

/** Laws that every detector keeps, by generated series. Truth and hand tables belong to the test of each. */
export function checkDetector(detector: Detector, options: { runs?: number } = {}): void {
  const settings = { numRuns: options.runs ?? 40, seed: 7 };
  const found = (list: readonly number[], start = START): readonly Finding[] =>
    detector.detect(track([...list], { start, step: STEP }));

  it('finds nothing in empty, one-sample and constant series', () => {
    for (const list of [[], [5], new Array<number>(100).fill(0), new Array<number>(100).fill(1e12)])
      expect(found(list)).toEqual([]);
  });

  it('keeps findings inside the series, forwards in time, with finite numbers', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        for (const finding of found(values(shape))) {
          expect(finding.from).toBeLessThanOrEqual(finding.to);
          expect(finding.from).toBeGreaterThanOrEqual(START - STEP);
          expect(finding.to).toBeLessThanOrEqual(START + shape.n * STEP);
          expect(finding.p).toBeGreaterThan(0);
          expect(finding.p).toBeLessThanOrEqual(1);
          expect(Number.isFinite(finding.strength) && finding.strength > 0).toBe(true);
          expect(finding.pattern).toBe(detector.pattern);
        }
      }),
      settings,
    );
  });

  if (detector.scaleFree)
    it('moves no boundary when a constant is added or the unit changes', () => {
      fc.assert(
        fc.property(shapes, fc.constantFrom(-1e6, 1e9, 1e12), fc.constantFrom(0.125, 4, 1024), (shape, add, times) => {
          const list = values(shape);
          const plain = places(found(list));
          expect(places(found(list.map((v) => v + add)))).toEqual(plain);
          expect(places(found(list.map((v) => v * times)))).toEqual(plain);
        }),
        settings,
      );
    });

  it('shifts with time', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -1e9, max: 1e9 }), (shape, shift) => {
        const list = values(shape);
        const moved = places(found(list, START + shift)).map(([a, b]) => [a - shift, b - shift]);
        expect(moved).toEqual(places(found(list)));
      }),
      settings,
    );
  });

  it('finds nothing new among missing samples', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.nat(100), { maxLength: 5 }), (shape, holes) => {
        if (detector.pattern === 'gap') return;
        const list = values({ ...shape, height: 0 });
        if (found(list).length > 0) return;
        for (const hole of holes) list[hole % list.length] = NaN;
        // leaving samples out may lift what is left over the bar, but never by much
        for (const finding of found(list)) expect(finding.p).toBeGreaterThan(1e-4);
      }),
      settings,
    );
  });

  it('writes to no input and repeats itself', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const input = track(values(shape), { start: START, step: STEP });
        const before = JSON.stringify([[...input.value], [...input.time], [...input.from]]);
        const first = JSON.stringify(detector.detect(input));
        expect(JSON.stringify([[...input.value], [...input.time], [...input.from]])).toBe(before);
        expect(JSON.stringify(detector.detect(track(values(shape), { start: START, step: STEP })))).toBe(first);
      }),
      settings,
    );
  });
}
