import { expect, it } from 'vitest';
import { leadLagTracks } from '../../src/stats/lead-lag-tracks.js';
import { noise, track } from '../support/synth.js';

it('compares tracks of different steps on the coarser one, in milliseconds', () => {
  const random = noise(4);
  let x = 0;
  const signal = Array.from({ length: 1300 }, () => (x = 0.9 * x + random.normal()));
  // a: every 5 s; b: every 15 s, 45 s later
  const start = 1_700_000_000_000;
  const a = track(
    Array.from({ length: 1200 }, (_, i) => signal[i + 9]!),
    { step: 5000, start },
  );
  const b = track(
    Array.from({ length: 400 }, (_, i) => signal[3 * i]!),
    { step: 15_000, start },
  );
  const found = leadLagTracks(a, b);
  expect(found).toMatchObject({ verdict: 'first', step: 15_000 });
  expect(Math.abs(found.ahead - 45_000)).toBeLessThanOrEqual(15_000);
  expect(leadLagTracks(a, track([], {}))).toMatchObject({ verdict: 'untold', reason: 'too-few' });
});
