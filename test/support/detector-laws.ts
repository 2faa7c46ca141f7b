import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../src/detectors/detector.js';
import { toTrack } from '../../src/series/rate.js';
import type { Finding, Pattern } from '../../src/types/finding.js';
import type { Track } from '../../src/types/track.js';
import { noise, series, type Noise } from './synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;
const RUNS = 60;

interface Shape {
  readonly n: number;
  readonly seed: number;
  readonly plain: boolean;
  readonly height: number;
}

/** Whole numbers, so that large offsets lose no digits; a third of the series without the pattern. */
const shapes: fc.Arbitrary<Shape> = fc.record({
  n: fc.integer({ min: 2, max: 150 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  plain: fc.constantFrom(true, false, false),
  height: fc.constantFrom(200, 400, 900),
});

/** What is added to noise at sample i of n to make the pattern. */
const patterns: Readonly<Record<Pattern, (i: number, n: number, height: number, random: Noise) => number>> = {
  burst: (i, n, height) => (i >= n / 2 && i < n / 2 + 3 ? height : 0),
  dip: (i, n, height) => (i >= n / 2 && i < n / 2 + 3 ? -height : 0),
  'level-shift': (i, n, height) => (i >= n / 2 ? height / 3 : 0),
  trend: (i, _, height) => (i * height) / 200,
  'variance-change': (i, n, height, random) => (i >= n / 2 ? (height / 8) * random.normal() : 0),
  compensation: (i, n, height) => (i >= n / 2 && i < n / 2 + 3 ? height : i >= n / 2 + 3 && i < n / 2 + 6 ? -200 : 0),
  // climbs by itself, then stays where it cannot go on
  saturation: (i, n, height) => (i < 0.6 * n ? Math.min(height, Math.max(0, (i - n / 3) * 60)) : 0),
  periodicity: (i, _, height) => (i % 23 >= 20 ? height : 0),
  reset: () => 0,
  gap: () => 0,
};

/** The samples of a shape; those of the pattern `reset` are a running total that begins anew, those of `gap` have one. */
function values(pattern: Pattern, { n, seed, plain, height }: Shape): number[] {
  const random = noise(seed);
  const top = pattern === 'saturation' && !plain ? 200 + height : Infinity;
  const list = Array.from({ length: n }, (_, i) =>
    Math.min(
      top,
      200 + Math.round(10 * random.normal()) + (plain ? 0 : Math.round(patterns[pattern](i, n, height, random))),
    ),
  );
  if (pattern === 'gap' && !plain) return list.map((v, i) => (i >= n / 2 && i < n / 2 + 8 ? NaN : v));
  if (pattern !== 'reset') return list;
  let total = 1e6;
  return list.map((v, i) => (total = i === n >> 1 && !plain ? v : total + v));
}

const bounds = (findings: readonly Finding[]) => findings.map(({ from, to, direction }) => [from, to, direction]);

/**
 * The laws that every detector obeys, by random series with and without its pattern. Each law counts what was found, so
 * that none holds for want of findings.
 */
export function detectorLaws(detector: Detector): void {
  const { pattern } = detector;
  const at = (list: readonly number[], options: Parameters<typeof series>[1] = {}): Track =>
    toTrack(series(list, { kind: pattern === 'reset' ? 'counter' : 'gauge', step: STEP, start: START, ...options }));
  const find = (given: Track) => detector.detect(given);
  const check = (law: (list: number[], found: readonly Finding[]) => void) => {
    let findings = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        const list = values(pattern, shape);
        const found = find(at(list));
        findings += found.length;
        law(list, found);
      }),
      { numRuns: RUNS, seed: 7 },
    );
    expect(findings, 'findings the law was tried on').toBeGreaterThanOrEqual(RUNS / 6);
  };

  describe(`laws of ${detector.id}`, () => {
    it('finds nothing in empty, single, constant or missing samples', () => {
      for (const list of [[], [5], [5, 5], new Array<number>(100).fill(1e12), new Array<number>(50).fill(NaN)])
        expect(find(at(list))).toEqual([]);
    });

    if (Number.isFinite(detector.fewest))
      it('finds nothing in fewer samples than it says it needs', () => {
        fc.assert(
          fc.property(shapes, fc.integer({ min: 1, max: detector.fewest - 1 }), (shape, n) => {
            expect(find(at(values(pattern, { ...shape, n })))).toEqual([]);
          }),
          { numRuns: RUNS, seed: 7 },
        );
      });

    it('reports windows inside the series, with sound numbers', () => {
      check((list, found) => {
        for (const f of found) {
          expect(f.from).toBeLessThanOrEqual(f.to);
          expect(f.from).toBeGreaterThanOrEqual(START - STEP);
          expect(f.to).toBeLessThanOrEqual(START + list.length * STEP);
          expect(f.p).toBeGreaterThanOrEqual(0);
          expect(f.p).toBeLessThanOrEqual(1);
          expect(f.strength).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(f.strength + f.peak + f.baseline + f.uncertainty)).toBe(true);
          expect(f.pattern).toBe(pattern);
        }
      });
    });

    // a plunge is a share of the level
    if (pattern !== 'compensation')
      it('does not depend on the zero point, up to 10^12, nor with gaps', () => {
        check((list, found) => {
          for (const c of [1000, pattern === 'reset' ? 3e9 : -3e9, 1e12])
            expect(bounds(find(at(list.map((v) => v + c))))).toEqual(bounds(found));
          const holed = list.map((v, i) => (i % 11 === 5 ? NaN : v));
          expect(bounds(find(at(holed.map((v) => v + 1e12))))).toEqual(bounds(find(at(holed))));
        });
      });

    if (detector.scaleFree)
      it('does not depend on the unit', () => {
        check((list, found) => {
          for (const k of [2 ** -20, 1024]) expect(bounds(find(at(list.map((v) => v * k))))).toEqual(bounds(found));
        });
      });

    it('moves with the clock', () => {
      check((list, found) => {
        const moved = find(at(list, { start: START + 3_600_000 }));
        expect(bounds(moved)).toEqual(bounds(found).map(([a, b, d]) => [+a! + 36e5, +b! + 36e5, d]));
      });
    });

    if (pattern !== 'gap')
      it('takes missing samples for nothing', () => {
        check((list, found) => {
          const times = list.flatMap((_, i) => [START + i * STEP, START + i * STEP + 5000]);
          expect(
            find(
              at(
                list.flatMap((v) => [v, NaN]),
                { times },
              ),
            ).length,
          ).toBeLessThanOrEqual(found.length);
        });
      });

    it('writes nothing and answers the same again', () => {
      check((list, found) => {
        const one = at(list);
        const copies = [one.value.slice(), one.time.slice(), one.series.value.slice()];
        expect(find(one)).toEqual(found);
        expect([one.value, one.time, one.series.value]).toEqual(copies);
      });
    });
  });
}
