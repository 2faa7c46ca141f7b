import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/stats/scoring.js';
import { laws, withEpisode } from '../support/synth.js';

/**
 * Share of series with a false burst at a nominal 5 %, at most. Laws whose tails or memory short series cannot show exceed
 * it by what is written here; `npm run bench:detect` measures all of them.
 */
const LIMITS: readonly (readonly [law: RegExp, n: number, limit: number])[] = [
  [/^normal/, 60, 0.06],
  [/^normal/, 200, 0.06],
  [/^quantised/, 200, 0.06],
  [/^zero-inflated/, 200, 0.07],
  [/^Poisson 0.3/, 60, 0.05],
  [/^Poisson 3/, 60, 0.06],
  [/^Poisson 200/, 200, 0.05],
  [/^autocorrelated/, 200, 0.08],
  [/^overdispersed/, 200, 0.12],
  [/^skewed/, 200, 0.12],
  [/^heavy/, 200, 0.18],
];

describe('false alarms of bursts', () => {
  it.each(LIMITS)('%s, %i samples', (name, n, limit) => {
    const law = laws.find((one) => name.test(one.name))!;
    const runs = 400;
    let alarms = 0;
    for (let seed = 0; seed < runs; seed++)
      if ((analyse(withEpisode(law, n, seed * 101 + n), 0.05)?.up.length ?? 0) > 0) alarms++;
    // two standard errors of the simulation
    expect(alarms / runs).toBeLessThanOrEqual(limit + 2 * Math.sqrt((limit * (1 - limit)) / runs));
  });
});
