import { describe, expect, it } from 'vitest';
import { calendarProfile } from '../../src/stats/calendar-profile.js';
import { findPeriod, withoutSeason } from '../../src/stats/season.js';
import { noise } from '../support/synth.js';

const of = (n: number, seed: number, make: (i: number, z: number) => number) => {
  const random = noise(seed);
  return Float64Array.from({ length: n }, (_, i) => make(i, random.normal()));
};

describe('findPeriod', () => {
  it('finds cycles of any shape, over a trend, and none in noise or wandering', () => {
    expect(findPeriod(of(240, 1, (i, z) => 15 * Math.sin((2 * Math.PI * i) / 24) + 0.2 * i + z))?.samples).toBe(24);
    expect(findPeriod(of(200, 2, (i, z) => (i % 7 < 2 ? 6 : 0) + z))?.samples).toBe(7);
    let found = 0;
    for (let seed = 0; seed < 40; seed++) {
      let x = 0;
      found += findPeriod(of(200, seed, (_, z) => z)) === null ? 0 : 1;
      found += findPeriod(of(200, seed, (_, z) => (x += z))) === null ? 0 : 1;
    }
    expect(found).toBeLessThanOrEqual(3);
    expect(findPeriod(new Float64Array(100).fill(3))).toBeNull();
    expect(findPeriod(new Float64Array(0))).toBeNull();
  });
});

describe('withoutSeason', () => {
  it('takes the cycle and leaves level, trend and steps', () => {
    const plain = of(240, 3, (i, z) => 0.1 * z + 0.05 * i + (i >= 120 ? 9 : 0));
    const cycle = plain.map((v, i) => v + 4 * Math.sin((2 * Math.PI * i) / 12));
    const out = withoutSeason(cycle, 12);
    let worst = 0;
    for (let i = 0; i < 240; i++) worst = Math.max(worst, Math.abs(out[i]! - plain[i]!));
    expect(worst).toBeLessThan(1);
  });
});

describe('calendarProfile', () => {
  const clock = (n: number, step: number) => Float64Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i * step);

  it('takes the habit of the day, also with hours missing, and leaves the odd day', () => {
    const day = 96;
    const values = of(10 * day, 4, (i, z) => (i % day < 30 && Math.floor(i / day) !== 6 ? 20 : 0) + 0.5 * z);
    const profile = calendarProfile(clock(10 * day, 900_000), values)!;
    expect(profile.samples).toBe(day);
    expect(profile.share).toBeGreaterThan(0.7);
    expect(profile.residual[6 * day + 10]!).toBeLessThan(-15);
    expect(Math.abs(profile.residual[7 * day + 10]!)).toBeLessThan(4);
    const kept = [...values.keys()].filter((i) => i % 100 > 20);
    const gappy = calendarProfile(
      kept.map((i) => clock(10 * day, 900_000)[i]!),
      Float64Array.from(kept, (i) => values[i]!),
    );
    expect(gappy?.samples).toBe(day);
  });

  it('finds no habit in noise, in too few days, or in a constant', () => {
    expect(
      calendarProfile(
        clock(1000, 900_000),
        of(1000, 5, (_, z) => z),
      ),
    ).toBeNull();
    expect(
      calendarProfile(
        clock(200, 900_000),
        of(200, 6, (i) => i % 96),
      ),
    ).toBeNull();
    expect(calendarProfile(clock(1000, 900_000), new Float64Array(1000))).toBeNull();
    expect(calendarProfile([], new Float64Array(0))).toBeNull();
  });
});
