import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../src/detectors/detector.js';
import type { Finding } from '../../src/types/finding.js';
import type { Track } from '../../src/types/track.js';
import { noise, track } from './synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;

/** A gauge of whole numbers (so that large offsets lose no digits), with a step, a slope or bursts in some of them. */
const shapes = fc.record({
  n: fc.integer({ min: 2, max: 150 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  shift: fc.constantFrom(0, 0, 60, -200),
  slope: fc.constantFrom(0, 0, 1),
  every: fc.constantFrom(0, 0, 23),
});

function values({ n, seed, shift, slope, every }: typeof shapes extends fc.Arbitrary<infer T> ? T : never): number[] {
  const random = noise(seed);
  return Array.from(
    { length: n },
    (_, i) =>
      Math.round(10 * random.normal()) +
      (i >= n / 2 ? shift : 0) +
      slope * i +
      (every > 0 && i % every === every - 3 ? 400 : 0),
  );
}

const bounds = (findings: readonly Finding[]) => findings.map(({ from, to, direction }) => [from, to, direction]);

/** The laws that every detector obeys, by random series. */
export function detectorLaws(detector: Detector): void {
  const find = (given: Track) => detector.detect(given);
  const at = (list: readonly number[], options: Parameters<typeof track>[1] = {}) =>
    track(list, { step: STEP, start: START, ...options });
  const check = (law: (list: number[]) => void) =>
    fc.assert(
      fc.property(shapes, (shape) => law(values(shape))),
      { numRuns: 60, seed: 7 },
    );

  describe(`laws of ${detector.id}`, () => {
    it('finds nothing in empty, single, constant or missing samples', () => {
      for (const list of [[], [5], [5, 5], new Array<number>(100).fill(1e12), new Array<number>(50).fill(NaN)])
        expect(find(at(list))).toEqual([]);
    });

    it('reports windows inside the series, with sound numbers', () => {
      check((list) => {
        for (const f of find(at(list))) {
          expect(f.from).toBeLessThanOrEqual(f.to);
          expect(f.from).toBeGreaterThanOrEqual(START - STEP);
          expect(f.to).toBeLessThanOrEqual(START + list.length * STEP);
          expect(f.p).toBeGreaterThanOrEqual(0);
          expect(f.p).toBeLessThanOrEqual(1);
          expect(f.strength).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(f.strength + f.peak + f.baseline + f.uncertainty)).toBe(true);
          expect(f.pattern).toBe(detector.pattern);
        }
      });
    });

    it('does not depend on the zero point, up to 10^12', () => {
      check((list) => {
        const plain = bounds(find(at(list)));
        for (const c of [1000, -3e9, 1e12]) expect(bounds(find(at(list.map((v) => v + c))))).toEqual(plain);
      });
    });

    if (detector.scaleFree)
      it('does not depend on the unit', () => {
        check((list) => {
          const plain = bounds(find(at(list)));
          for (const k of [2 ** -20, 1024]) expect(bounds(find(at(list.map((v) => v * k))))).toEqual(plain);
        });
      });

    it('moves with the clock', () => {
      check((list) => {
        const moved = find(at(list, { start: START + 3_600_000 }));
        expect(bounds(moved)).toEqual(bounds(find(at(list))).map(([a, b, d]) => [+a! + 36e5, +b! + 36e5, d]));
      });
    });

    it('takes missing samples for nothing', () => {
      check((list) => {
        const times = list.flatMap((_, i) => [START + i * STEP, START + i * STEP + 5000]);
        const holes = list.flatMap((v) => [v, NaN]);
        expect(find(at(holes, { times })).length).toBeLessThanOrEqual(find(at(list)).length);
      });
    });

    it('writes nothing and answers the same again', () => {
      check((list) => {
        const one = at(list);
        const copy = one.value.slice();
        const first = find(one);
        expect(one.value).toEqual(copy);
        expect(find(at(list))).toEqual(first);
      });
    });
  });
}
