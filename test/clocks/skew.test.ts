import { describe, expect, it } from 'vitest';
import { measureSkews, offsetBetween } from '../../src/clocks/skew.js';
import { prepare } from '../../src/series/prepare.js';
import type { Series } from '../../src/types/series.js';
import { foreign, importedOf, series, T0 } from '../support/case.js';

/** Numbers in [0, 1), the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x ^= x + Math.imul(x ^ (x >>> 7), 61 | x);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Course = (t: number) => number;

/** A counter by the second, with a rate that wanders. */
function counter(next: () => number, seconds: number): Course {
  const sums = [1000];
  let rate = 50;
  for (let i = 0; i < seconds; i++) {
    rate = Math.max(0, rate + 40 * (next() - 0.5));
    sums.push(sums[i]! + Math.round(rate));
  }
  return (t) => {
    const at = Math.min(seconds - 1, Math.max(0, t / 1000));
    const i = Math.floor(at);
    return Math.floor(sums[i]! + (sums[i + 1]! - sums[i]!) * (at - i));
  };
}

/** What a store shows at the instants of a grid: the last scrape. */
function shown(course: Course, scrape: number, phase: number): Course {
  return (t) => course(Math.floor((t - phase) / scrape) * scrape + phase);
}

function source(courses: readonly Course[], file: string, step: number, ahead: number, start = 60_000): Series[] {
  const n = Math.floor(1_700_000 / step);
  return courses.map((course, i) =>
    series(
      Array.from({ length: n }, (_, k) => course(start + k * step)),
      {
        key: `s${i}`,
        kind: 'counter',
        time: Float64Array.from({ length: n }, (_, k) => T0 + start + k * step + ahead),
        step,
        source: { file, importer: 'test', name: `${'abcdefgh'[i]}_x` },
      },
    ),
  );
}

describe('offsetBetween', () => {
  it('holds the true offset within its uncertainty, whatever the steps, phases and scrapes', () => {
    let within = 0;
    let stated = 0;
    let large = 0;
    const trials = 200;
    for (let seed = 1; seed <= trials; seed++) {
      const next = random(seed);
      const courses = Array.from({ length: 2 + Math.floor(next() * 6) }, () => counter(next, 1900));
      const step = [1000, 2000, 5000, 15_000][Math.floor(next() * 4)]!;
      const other = [1000, 5000, 15_000][Math.floor(next() * 3)]!;
      const scrape = Math.max(other, [1000, 5000, 15_000][Math.floor(next() * 3)]!);
      const store = courses.map((course) => shown(course, scrape, next() * scrape));
      const ahead = Math.round((next() - 0.5) * 80_000);
      const copies = next() < 0.5;
      const reference = source(store, 'a', other, 0);
      const own = copies ? source(store, 'b', other, ahead, 60_000 + Math.floor(next() * other)) : source(courses, 'b', step, ahead); // prettier-ignore
      const found = offsetBetween(reference, own)!;
      expect(found).not.toBeNull();
      if (Math.abs(found.offset - ahead) <= found.uncertainty) within++;
      const coarse = Math.max(other, copies ? other : step);
      if (!copies) expect(found.uncertainty).toBeGreaterThanOrEqual(coarse / 2);
      if (Math.abs(ahead) < 3 * scrape) continue;
      large++;
      if (measureSkews([...reference, ...own], []).problems.length === 1) stated++;
    }
    expect(within / trials).toBeGreaterThanOrEqual(0.95);
    expect(large).toBeGreaterThan(20);
    expect(stated / large).toBeGreaterThan(0.9);
  });

  it('finds 7 s between two samplers of a second', () => {
    const next = random(5);
    const courses = [counter(next, 1900), counter(next, 1900)];
    const both = [...source(courses, 'a', 1000, 0), ...source(courses, 'b', 1000, 7000, 60_400)];
    const { problems, clocks } = measureSkews(both, []);
    expect(problems.map(({ code, file }) => `${code} ${file}`)).toEqual(['CLOCK_SKEW b']);
    const skew = clocks.find(({ file }) => file === 'b')!.skew!;
    expect(Math.abs(skew.offset - 7000)).toBeLessThanOrEqual(skew.uncertainty);
    expect(skew.uncertainty).toBeLessThan(3000);
    expect(skew).toMatchObject({ corrected: false, series: 2, against: 'a' });
  });

  it('takes 7 s between two grids of 15 s for the clock only when many targets agree', () => {
    const next = random(9);
    const courses = Array.from({ length: 8 }, () => counter(next, 1900));
    const store = courses.map((course) => shown(course, 15_000, next() * 15_000));
    const skews = (n: number) => measureSkews([...source(store.slice(0, n), 'a', 15_000, 0), ...source(store.slice(0, n), 'b', 15_000, 7000)], []).clocks; // prettier-ignore
    expect(skews(2)).toEqual([]);
    const { offset, uncertainty } = skews(8)[0]!.skew!;
    expect(Math.abs(offset - 7000)).toBeLessThanOrEqual(uncertainty);
  });

  it('states nothing on aligned sources, nor on queries asked at other instants', () => {
    let stated = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed);
      const courses = Array.from({ length: 4 }, () => counter(next, 1900));
      const store = courses.map((course) => shown(course, 15_000, next() * 15_000));
      const grid = source(store, 'a', 15_000, 0);
      const asked = source(store, 'b', 15_000, 0, 60_000 + Math.floor(next() * 15) * 1000);
      stated += measureSkews([...grid, ...asked, ...source(courses, 'c', 1000, 0)], []).problems.length;
    }
    expect(stated).toBeLessThanOrEqual(1);
  });
});

describe('relative clocks', () => {
  const NAMES = ['kubeskoop_tcp_insegs', 'kubeskoop_tcp_outsegs'];
  const next = random(3);
  const courses = NAMES.map(() => counter(next, 400));
  const made = (file: string, start: number, from: number, n: number, pod = 'web-1') =>
    NAMES.map(
      (name, i) =>
      foreign(name, { k8s_pod: pod }, Array.from({ length: n }, (_, k) => courses[i]!((from + k) * 1000)), { start, file, importer: file }), // prettier-ignore
    );
  const relative = new Map([['b', { kind: 'relative' as const }]]);

  it('are placed by readings in common', () => {
    const given = importedOf([...made('a', T0, 0, 300), ...made('b', 0, 100, 100)]);
    const one = prepare({ ...given, clocks: relative });
    const placed = one.series.find(({ source: { file } }) => file === 'b')!;
    expect(Math.abs(placed.time[0]! - (T0 + 100_000))).toBeLessThanOrEqual(3000);
    expect(one.span.from).toBe(T0);
    expect(one.clocks![0]).toMatchObject({ file: 'b', how: 'inferred' });
    expect(one.problems.map(({ code }) => code)).toEqual(['RELATIVE_PLACED']);
  });

  it('stay out of the span when nothing places them', () => {
    const one = prepare({ ...importedOf([...made('a', T0, 0, 300), ...made('b', 0, 100, 100, 'web-2')]), clocks: relative }); // prettier-ignore
    expect(one.span).toEqual({ from: T0, to: T0 + 299_000 });
    expect(one.clocks![0]).toMatchObject({ file: 'b', how: 'assumed', shift: 0 });
    const alone = prepare({ ...importedOf(made('b', 0, 100, 100)), clocks: relative });
    expect(alone.span.to).toBe(99_000);
  });
});
