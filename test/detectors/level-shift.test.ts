import { describe, expect, it } from 'vitest';
import { levelShift } from '../../src/detectors/level-shift.js';
import { laws, noise, track } from '../support/synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;

describe('level-shift: truth', () => {
  it('raises no more false alarms than it says, under every law of noise', () => {
    const rows = laws.map((law) => {
      const runs = 150;
      let at5 = 0;
      let at1 = 0;
      for (let seed = 0; seed < runs; seed++) {
        const given = track(law.draw(240, noise(seed), 15), { kind: law.kind, unit: law.unit, step: STEP });
        const p = Math.min(1, ...levelShift.detect(given).map((f) => f.p));
        at5 += p <= 0.05 ? 1 : 0;
        at1 += p <= 0.01 ? 1 : 0;
      }
      return { law: law.name, 'p ≤ 0.05': at5 / runs, 'p ≤ 0.01': at1 / runs };
    });
    console.table(rows);
    // 0.05 + 3 standard errors of 150 runs
    for (const row of rows) expect(row['p ≤ 0.05'], row.law).toBeLessThanOrEqual(0.105);
    const mean = rows.reduce((sum, row) => sum + row['p ≤ 0.05'], 0) / rows.length;
    expect(mean).toBeLessThanOrEqual(0.06);
  });

  it('finds shifts where they are', () => {
    const rows = [1, 1.5, 2, 3].map((height) => {
      const errors: number[] = [];
      const runs = 60;
      let extra = 0;
      for (let seed = 0; seed < runs; seed++) {
        const random = noise(1000 + seed);
        const list = Array.from({ length: 240 }, (_, i) => 50 + random.normal() + (i >= 150 ? height : 0));
        const found = levelShift.detect(track(list, { step: STEP, start: START }));
        const hit = found.find((f) => Math.abs(f.from - START - 150 * STEP) <= 8 * STEP);
        if (hit) errors.push(Math.abs(hit.from - START - 150 * STEP) / STEP);
        extra += found.length - (hit ? 1 : 0);
      }
      errors.sort((a, b) => a - b);
      return { height, recall: errors.length / runs, 'median error': errors[errors.length >> 1], extra };
    });
    console.table(rows);
    expect(rows.at(-1)!.recall).toBe(1);
    expect(rows[1]!.recall).toBeGreaterThan(0.9);
    expect(rows.at(-1)!['median error']).toBeLessThanOrEqual(1);
    for (const row of rows) expect(row.extra).toBeLessThanOrEqual(4);
  });

  it('tells levels from what only looks like one', () => {
    const of = (make: (i: number, r: ReturnType<typeof noise>) => number, n = 400) => {
      let found = 0;
      for (let seed = 0; seed < 20; seed++) {
        const random = noise(seed);
        const list = Array.from({ length: n }, (_, i) => make(i, random));
        found += levelShift.detect(track(list, { step: STEP })).filter((f) => f.p <= 0.01).length;
      }
      return found;
    };
    const transient = of((i, r) => r.normal() + (i >= 200 && i < 208 ? 12 : 0));
    const ramp = of((i, r) => r.normal() + i * 0.05);
    const louder = of((i, r) => r.normal() * (i < 200 ? 1 : 3));
    const cycle = of((i, r) => 4 * Math.sin((2 * Math.PI * i) / 48) + r.normal());
    console.log({ transient, ramp, louder, cycle });
    for (const count of [transient, ramp, louder, cycle]) expect(count).toBeLessThanOrEqual(2);
  });

  it('gives levels, direction and strength in the unit of the series', () => {
    const random = noise(3);
    const list = Array.from({ length: 200 }, (_, i) => 1e9 + random.normal() - (i >= 80 ? 20 : 0));
    const [found, ...rest] = levelShift.detect(track(list, { step: STEP, start: START }));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ direction: 'down', unit: 'unknown', from: START + 80 * STEP });
    expect(found!.baseline - 1e9).toBeCloseTo(0, 0);
    expect(found!.peak - 1e9).toBeCloseTo(-20, 0);
    expect(found!.strength).toBeGreaterThan(12);
    expect(found!.p).toBeLessThan(1e-9);
  });
});
