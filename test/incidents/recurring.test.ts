import { describe, expect, it } from 'vitest';
import { recurring } from '../../src/incidents/recurring.js';
import { noise } from '../support/synth.js';

const windowAt = (from: number) => ({ from, to: from + 20_000, uncertainty: 5000, findings: [] });

describe('recurring incidents', () => {
  it('are grouped with their period, its error and its confidence', () => {
    const found = recurring([900_000, 300_000, 602_000, 1_199_000, 1_501_000].map(windowAt))!;
    expect(found.windows.map(({ from }) => from)).toEqual([300_000, 602_000, 900_000, 1_199_000, 1_501_000]);
    expect(Math.abs(found.period - 300_000)).toBeLessThan(3 * found.error);
    expect(found.confidence).toBeGreaterThan(0.99);
  });

  it('are none where incidents come at random, or are too few', () => {
    expect(recurring([0, 300_000].map(windowAt))).toBeNull();
    let groups = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = noise(seed);
      if (recurring([0, 1, 2, 3].map(() => windowAt(random.uniform() * 3_600_000))) !== null) groups++;
    }
    expect(groups / 200).toBeLessThan(0.1);
  });
});
