import { describe, expect, it } from 'vitest';
import { leadLag } from '../../src/stats/lead-lag.js';
import { noise } from '../support/synth.js';

const wander = (n: number, phi: number, seed: number) => {
  const random = noise(seed);
  let x = 0;
  for (let i = 0; i < 100; i++) x = phi * x + random.normal();
  return Float64Array.from({ length: n }, () => (x = phi * x + random.normal()));
};

/** Two noisy views of one wandering signal, the first `lag` samples ahead. */
function views(n: number, lag: number, phi: number, seed: number) {
  const signal = wander(n + 40, phi, seed);
  const random = noise(seed + 5000);
  const view = (shift: number) =>
    Float64Array.from({ length: n }, (_, i) => signal[i + 20 + shift]! + 0.4 * random.normal());
  return [view(lag), view(0)] as const;
}

describe('leadLag', () => {
  it('takes unrelated series for related no more often than it says, however autocorrelated', () => {
    const rows = [0, 0.5, 0.9, 0.98].map((phi) => {
      let alarms = 0;
      for (let seed = 0; seed < 200; seed++)
        alarms += leadLag(wander(150, phi, 2 * seed), wander(150, phi, 2 * seed + 1)).p <= 0.05 ? 1 : 0;
      return { phi, 'p ≤ 0.05': alarms / 200 };
    });
    console.table(rows);
    for (const row of rows) expect(row['p ≤ 0.05']).toBeLessThanOrEqual(0.095);
  });

  it('says who leads, and by how much, or that zero is as good', () => {
    for (const [lag, verdict] of [
      [3, 'first'],
      [-4, 'second'],
      [0, 'untold'],
    ] as const) {
      let right = 0;
      let covered = 0;
      for (let seed = 0; seed < 30; seed++) {
        const [a, b] = views(200, lag, 0.7, seed);
        const found = leadLag(a, b);
        right += found.verdict === verdict ? 1 : 0;
        covered += found.from <= lag && lag <= found.to ? 1 : 0;
      }
      expect(right, String(lag)).toBeGreaterThanOrEqual(28);
      expect(covered).toBeGreaterThanOrEqual(28);
    }
  });

  it('survives outliers, offsets and gaps, and refuses too few samples', () => {
    const [a, b] = views(200, 3, 0.5, 1);
    const plain = leadLag(a, b);
    expect(
      leadLag(
        a.map((v) => v * 8 + 1e9),
        b,
      ).lag,
    ).toBe(plain.lag);
    expect(
      leadLag(
        a.map((v, i) => (i % 50 === 7 ? 1e15 : v)),
        b,
      ).verdict,
    ).toBe('first');
    expect(
      leadLag(
        a.map((v, i) => (i % 9 === 0 ? NaN : v)),
        b,
      ).p,
    ).toBeLessThanOrEqual(1);
    expect(leadLag([1, 2, 3], [1, 2, 3])).toMatchObject({ verdict: 'untold', reason: 'too-few' });
    expect(leadLag(new Float64Array(80).fill(4), a)).toMatchObject({ verdict: 'untold' });
    expect(leadLag([], [])).toMatchObject({ reason: 'too-few' });
  });
});
