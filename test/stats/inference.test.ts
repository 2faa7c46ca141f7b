import { describe, expect, it } from 'vitest';
import { countLaw, countUpper, poissonLower, poissonUpper } from '../../src/stats/count-law.js';
import { digest } from '../../src/stats/digest.js';
import { qValues } from '../../src/stats/fdr.js';
import { fisherExact } from '../../src/stats/fisher.js';
import { kendall } from '../../src/stats/kendall.js';
import { levelLaw } from '../../src/stats/level-law.js';
import { scoreOf, upperTail } from '../../src/stats/normal.js';
import { mad, median, quantileOfSorted } from '../../src/stats/quantile.js';
import {
  fitRun,
  mergeRuns,
  scanP,
  scanRuns,
  scanTable,
  scanThreshold,
  strongestRun,
  sumVariance,
} from '../../src/stats/scan.js';
import { noise } from '../support/synth.js';

describe('quantiles', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 1, 4],
    [[7], 0.3, 7],
  ])('%j at %f is %f', (values, q, expected) => expect(quantileOfSorted(values, q)).toBe(expected));

  it('leave missing samples out', () => {
    expect(median([NaN, 3, 1, NaN, 2])).toBe(2);
    expect(mad([1, 2, 3, NaN])).toBeCloseTo(1.4826, 6);
    expect(median([])).toBeNaN();
  });
});

describe('normal scores', () => {
  it('go there and back, far into the tail', () => {
    for (const z of [-5, -1, 0, 1.96, 8, 30]) expect(scoreOf(upperTail(z))).toBeCloseTo(z, 6);
    expect(upperTail(1.959964)).toBeCloseTo(0.025, 6);
    expect(Number.isFinite(scoreOf(0))).toBe(true);
  });
});

describe('count laws', () => {
  it('agree with the Poisson tables', () => {
    expect(poissonUpper(3, 1)).toBeCloseTo(0.0803014, 6);
    expect(poissonLower(0, 2)).toBeCloseTo(Math.exp(-2), 9);
    expect(countUpper(3, 1, 1)).toBeCloseTo(0.0803014, 6);
  });

  it('agree with the negative binomial: size 2, mean 2, P(X ≥ 3) = 5/16', () =>
    expect(countUpper(3, 2, 2)).toBeCloseTo(5 / 16, 9));

  it('learn the dispersion of clustered events', () => {
    const random = noise(4);
    const counts = Array.from({ length: 4000 }, () => random.poisson((3 * random.gamma(1.5)) / 1.5));
    const law = countLaw(
      counts,
      counts.map(() => 15),
    );
    expect(law.rate).toBeCloseTo(0.2, 1);
    expect(law.dispersion).toBeGreaterThan(2.6);
    expect(law.dispersion).toBeLessThan(3.4);
  });

  it('are not infinitely surprised by the first event ever', () => {
    const law = countLaw(new Array<number>(100).fill(0), new Array<number>(100).fill(15));
    expect(law.score(1, 15)).toBeGreaterThan(1.5);
    expect(law.score(1, 15)).toBeLessThan(3.5);
    expect(law.score(40, 15)).toBeGreaterThan(10);
    expect(law.score(NaN, 15)).toBeNaN();
  });
});

describe('level laws', () => {
  it('score normal samples as they deserve', () => {
    const random = noise(9);
    const law = levelLaw(Float64Array.from({ length: 500 }, () => 10 + 2 * random.normal()).sort());
    expect(law.score(10)).toBeCloseTo(0, 0);
    expect(Math.abs(law.score(14) - 2)).toBeLessThan(0.35);
    expect(law.score(2)).toBeLessThan(-3);
  });

  it('score outliers of heavy tails lower', () => {
    const random = noise(9);
    const heavy = Float64Array.from(
      { length: 500 },
      () => random.normal() / Math.sqrt((2 * random.gamma(1)) / 2),
    ).sort();
    const normal = Float64Array.from({ length: 500 }, () => random.normal()).sort();
    const far = (sorted: Float64Array): number => levelLaw(sorted).score(8 * levelLaw(sorted).scale);
    expect(far(heavy)).toBeLessThan(far(normal) - 1);
  });

  it('know how often a resting gauge leaves its rest, and how far', () => {
    const sorted = Float64Array.from([
      ...new Array<number>(80).fill(0),
      ...Array.from({ length: 20 }, (_, i) => 40 * (i + 1)),
    ]).sort();
    const law = levelLaw(sorted, { quantum: 1 });
    expect(law.center).toBe(0);
    expect(law.score(400)).toBeLessThan(2);
    expect(law.score(40_000)).toBeGreaterThan(5);
  });
});

describe('the scan', () => {
  it('finds the run and its edges', () => {
    const random = noise(2);
    const scores = Float64Array.from({ length: 200 }, (_, i) => random.normal() + (i >= 90 && i < 96 ? 5 : 0));
    const table = scanTable(scores);
    const [run, ...more] = scanRuns(table, { acf: [], centerError: 0 }, scanThreshold(0.001, 200), 1);
    expect(more).toEqual([]);
    expect(fitRun(run!, scores, scores, 1)).toMatchObject({ from: 90, to: 96 });
    expect(strongestRun(table, { acf: [], centerError: 0 }, 1)!.score).toBeCloseTo(run!.score, 9);
    expect(scanRuns(table, { acf: [], centerError: 0 }, scanThreshold(0.01, 200), -1)).toEqual([]);
  });

  it('keeps its promise on independent normal scores', () => {
    for (const n of [20, 200]) {
      let hits = 0;
      for (let seed = 0; seed < 2000; seed++) {
        const random = noise(seed * 31 + n);
        const scores = Float64Array.from({ length: n }, () => random.normal());
        const best = Math.max(
          ...[1, -1].map(
            (d) => scanRuns(scanTable(scores), { acf: [], centerError: 0 }, 1, d as 1 | -1, 1)[0]?.score ?? 0,
          ),
        );
        if (scanP(best, n) <= 0.025) hits++;
      }
      // two directions at 2.5 % each; ±20 % and three standard errors of the simulation
      expect(hits / 2000).toBeGreaterThan(0.05 * 0.8 - 0.015);
      expect(hits / 2000).toBeLessThan(0.05 * 1.2 + 0.015);
    }
  });

  it('inverts its p-value', () => {
    for (const n of [10, 100, 1000]) expect(scanP(scanThreshold(0.01, n), n)).toBeCloseTo(0.01, 4);
  });

  /** First-order autoregression of standard variance with a box of `height`. */
  function remembering(n: number, phi: number, seed: number, height = 0): Float64Array {
    const random = noise(seed);
    let x = random.normal();
    return Float64Array.from({ length: n }, (_, i) => {
      x = phi * x + Math.sqrt(1 - phi * phi) * random.normal();
      return x + (i >= n / 2 && i < n / 2 + 3 ? height : 0);
    });
  }
  const memory = (phi: number) => ({ acf: Array.from({ length: 20 }, (_, k) => phi ** (k + 1)), centerError: 0 });

  it.each([0.5, 0.7, 0.9])('sees the jumps of a box that memory %f does not explain', (phi) => {
    let plain = 0;
    let matched = 0;
    for (let seed = 0; seed < 100; seed++) {
      const table = scanTable(remembering(120, phi, seed * 7 + 1, 5));
      const [sum] = scanRuns(table, memory(phi), 1, 1, 1);
      const [jump] = scanRuns(table, { ...memory(phi), carried: phi }, 1, 1, 1);
      expect(jump!.score).toBeGreaterThanOrEqual(sum!.score);
      const bar = scanThreshold(1e-4, 120);
      if (sum!.score > bar) plain++;
      if (jump!.score > bar && jump!.from < 63 && jump!.to > 60) matched++;
    }
    expect(matched).toBeGreaterThanOrEqual(90);
    expect(matched).toBeGreaterThan(plain);
  });

  it.each([0.3, 0.7, 0.9])('keeps its promise on scores with memory %f, known', (phi) => {
    let hits = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const table = scanTable(remembering(100, phi, seed * 13 + 5));
      const best = Math.max(
        ...([1, -1] as const).map((d) => scanRuns(table, { ...memory(phi), carried: phi }, 1, d, 1)[0]?.score ?? 0),
      );
      if (scanP(best, 100) <= 0.025) hits++;
    }
    expect(hits / 1000).toBeLessThan(0.05 * 1.2 + 0.02);
  });

  it('takes the end of a burst for no dip, nor its beginning', () => {
    const scores = Float64Array.from({ length: 100 }, (_, i) => (i >= 50 && i < 53 ? 20 : 0));
    const noted = { ...memory(0.7), carried: 0.7 };
    expect(scanRuns(scanTable(scores), noted, 1, 1)[0]).toMatchObject({ from: 50, to: 53 });
    expect(scanRuns(scanTable(scores), noted, 1, -1)).toEqual([]);
  });

  it('makes one of overlapping runs', () =>
    expect(
      mergeRuns([
        { from: 5, to: 9, score: 3, p: 0.01 },
        { from: 2, to: 6, score: 4, p: 0.001 },
      ]),
    ).toEqual([{ from: 2, to: 9, score: 4, p: 0.001 }]));

  it('adds variances with memory', () => expect(sumVariance(3, [0.5, 0.25])).toBe(3 + 2 * (2 * 0.5 + 0.25)));
});

describe('tests over few', () => {
  it('Fisher: the lady tasting tea', () => {
    expect(fisherExact(4, 0, 0, 4)).toBeCloseTo(1 / 70, 9);
    expect(fisherExact(3, 1, 1, 3)).toBeCloseTo(17 / 70, 9);
  });

  it('Kendall: exact for few, with ties, null without variation', () => {
    expect(kendall([1, 2, 3, 4], [10, 20, 30, 40])).toEqual({ tau: 1, p: 2 / 24, n: 4 });
    expect(kendall([1, 2, 3], [5, 5, 5])).toBeNull();
    expect(kendall([1], [1])).toBeNull();
    expect(kendall([1, 2, 2, 3], [1, 3, 2, 4])!.tau).toBeCloseTo(5 / Math.sqrt(30), 9);
    const n = 12;
    const x = Array.from({ length: n }, (_, i) => i);
    expect(kendall(x, x)!.p).toBeLessThan(1e-4);
  });

  it('Benjamini–Hochberg: the example of the paper, and tests that found nothing', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(qValues(p).filter((q) => q <= 0.05)).toHaveLength(4);
    expect(qValues([0.001], 100)).toEqual([0.1]);
  });

  it('digests are stable and differ', () => {
    expect(digest('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(digest('a')).toBe(digest('a'));
    expect(digest('ab')).not.toBe(digest('ba'));
  });
});
