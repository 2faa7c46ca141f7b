import { describe, expect, it } from 'vitest';
import { trend } from '../../src/detectors/trend.js';
import { laws, noise, track } from '../support/synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;

describe('trend: truth', () => {
  it('raises no more false alarms than it says, under every law of noise', () => {
    const rows = laws.map((law) => {
      const runs = 150;
      let at5 = 0;
      for (let seed = 0; seed < runs; seed++) {
        const given = track(law.draw(240, noise(seed), 15), { kind: law.kind, unit: law.unit, step: STEP });
        at5 += Math.min(1, ...trend.detect(given).map((f) => f.p)) <= 0.05 ? 1 : 0;
      }
      return { law: law.name, 'p ≤ 0.05': at5 / runs };
    });
    console.table(rows);
    for (const row of rows) expect(row['p ≤ 0.05'], row.law).toBeLessThanOrEqual(0.12);
    expect(rows.reduce((sum, row) => sum + row['p ≤ 0.05'], 0) / rows.length).toBeLessThanOrEqual(0.06);
  });

  it('finds slopes and bends, also under autocorrelated noise', () => {
    let whole = 0;
    let bend = 0;
    let right = 0;
    for (let seed = 0; seed < 30; seed++) {
      const random = noise(seed);
      let x = 0;
      const wander = () => (x = 0.5 * x + random.normal());
      const slope = Array.from({ length: 300 }, (_, i) => 5 + 0.04 * i + wander());
      whole += trend.detect(track(slope, { step: STEP })).some((f) => f.direction === 'up' && f.p < 0.01) ? 1 : 0;
      const kink = Array.from({ length: 300 }, (_, i) => 5 + 0.1 * Math.max(0, i - 150) + wander());
      const found = trend.detect(track(kink, { step: STEP, start: START })).filter((f) => f.p < 0.01);
      bend += found.length > 0 ? 1 : 0;
      right += found.some((f) => Math.abs(f.from - START - 150 * STEP) <= 30 * STEP) ? 1 : 0;
    }
    console.log({ whole, bend, right });
    expect(whole).toBeGreaterThanOrEqual(28);
    expect(bend).toBeGreaterThanOrEqual(28);
    expect(right).toBeGreaterThanOrEqual(24);
  });

  it('gives the fitted values at both ends', () => {
    const random = noise(5);
    const list = Array.from({ length: 200 }, (_, i) => 100 + i + random.normal());
    const [found] = trend.detect(track(list, { step: STEP }));
    expect(Math.abs(found!.baseline - 100)).toBeLessThan(3);
    expect(Math.abs(found!.peak - 300)).toBeLessThan(3);
  });

  it('does not call a step a slope', () => {
    let slopes = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = noise(seed);
      const list = Array.from({ length: 300 }, (_, i) => random.normal() + (i >= 120 ? 8 : 0));
      slopes += trend.detect(track(list, { step: STEP })).filter((f) => f.p < 0.01).length;
    }
    expect(slopes).toBeLessThanOrEqual(1);
  });
});
