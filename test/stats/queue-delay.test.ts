import { describe, expect, it } from 'vitest';
import { compensation } from '../../src/detectors/compensation.js';
import { queueDelay } from '../../src/stats/queue-delay.js';
import { noise, track } from '../support/synth.js';

/** Connections opened each second: `rate` a second while a queue of this length fills, none once it is full, then the rest. */
function stopped(backlog: number, rate: number, seed: number) {
  const random = noise(seed);
  let queued = 0;
  const opens = Array.from({ length: 90 }, (_, t) => {
    if (t < 30 || t >= 46) return random.poisson(t === 46 ? rate : 8);
    const taken = Math.min(random.poisson(rate), backlog + 1 - queued);
    queued += taken;
    return taken;
  });
  return compensation.detect(track(opens, { kind: 'counter', unit: 'connections', step: 1000, start: 0 }));
}

describe('queue arithmetic', () => {
  it('agrees with the queue that was there and not with one of another length', () => {
    let found = 0;
    for (const [backlog, rate] of [
      [511, 60],
      [511, 80],
      [255, 30],
    ] as const)
      for (let seed = 1; seed <= 4; seed++) {
        const [finding] = stopped(backlog, rate, seed);
        if (finding?.direction !== 'up') continue;
        found++;
        const right = queueDelay(finding, backlog)!;
        expect(right.agrees, `${backlog}: ${right.measured} against ${right.expected}`).toBe(true);
        expect(right.rate / rate).toBeGreaterThan(0.8);
        expect(right.rate / rate).toBeLessThan(1.2);
        expect(queueDelay(finding, 2 * backlog)!.agrees).toBe(false);
        expect(queueDelay(finding, backlog, 4 * right.rate)!.agrees).toBe(false);
      }
    expect(found).toBeGreaterThanOrEqual(8);
  });

  it('says nothing of other patterns', () => {
    const [finding] = stopped(511, 80, 1);
    expect(queueDelay({ ...finding!, lobes: finding!.lobes!.slice(1) }, 350)).toBeNull();
    expect(queueDelay({ ...finding!, lobes: [] }, 350)).toBeNull();
    expect(queueDelay(finding!, NaN)).toBeNull();
  });
});
