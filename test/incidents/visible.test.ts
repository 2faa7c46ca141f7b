import { describe, expect, it } from 'vitest';
import { observe } from '../../src/incidents/observe.js';
import { visibleChanges } from '../../src/incidents/visible.js';
import { noise, track } from '../support/synth.js';

const START = 1_700_000_000_000;

describe('visibleChanges', () => {
  const span = (n: number, step: number): { from: number; to: number } => ({ from: START, to: START + n * step });
  const latency = (n: number, step: number, seed: number): ReturnType<typeof track> => {
    const random = noise(seed);
    const values = Array.from({ length: n }, () => 0.2 + 0.01 * random.normal());
    return track(values, { unit: 'seconds', step, signal: 'app.latency.p99' });
  };

  it('states what an episode would have had to do, and such an episode is then seen', () => {
    const [seen] = visibleChanges([latency(300, 1000, 1)], span(300, 1000));
    expect(seen).toMatchObject({ signal: 'app.latency.p99', series: 1, unit: 'seconds' });
    expect(seen!.usual).toBeCloseTo(0.2, 2);
    expect(seen!.smallest.map(({ duration }) => duration)).toEqual([10_000, 60_000]);
    const [short, long] = seen!.smallest.map(({ change }) => change!);
    expect(long).toBeLessThan(short!);
    let found = 0;
    for (let seed = 2; seed < 42; seed++) {
      const hit = latency(300, 1000, seed);
      const least = visibleChanges([hit], span(300, 1000))[0]!.smallest[0]!.change!;
      const middle = START + 150_000;
      hit.time.forEach((t, i) => {
        if (t >= middle - 5000 && t <= middle + 5000) hit.value[i]! += least;
      });
      if (observe([hit], { from: middle - 5000, to: middle + 5000 }).state === 'up') found++;
    }
    expect(found).toBeGreaterThanOrEqual(36);
  });

  it('says that a short episode may pass between coarse samples, and asks no longer ones than the recording has room for', () => {
    const [seen] = visibleChanges([latency(40, 60_000, 3)], span(40, 60_000));
    expect(seen!.smallest.map(({ change }) => change === null)).toEqual([true, false, false]);
    expect(visibleChanges([latency(10, 1000, 4)], span(10, 1000))).toEqual([]);
  });

  it('the least sensitive series speaks for all, and what nobody feels is left out', () => {
    const random = noise(9);
    const loud = track(Array.from({ length: 300 }, () => 0.5 + 0.2 * random.normal()), { unit: 'seconds', step: 1000, signal: 'app.latency.p99' }); // prettier-ignore
    const quiet = latency(300, 1000, 5);
    const [alone] = visibleChanges([quiet], span(300, 1000));
    const [both] = visibleChanges([quiet, loud], span(300, 1000));
    expect(both!.series).toBe(2);
    expect(both!.smallest[0]!.change!).toBeGreaterThan(alone!.smallest[0]!.change! * 3);
    const other = track(
      Array.from({ length: 300 }, () => 1),
      { unit: 'ratio', step: 1000, signal: 'cpu.node.user' },
    );
    expect(visibleChanges([other], span(300, 1000))).toEqual([]);
  });
});
