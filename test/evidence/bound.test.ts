import { describe, expect, it } from 'vitest';
import { strongest } from '../../src/evidence/bound.js';

describe('strongest', () => {
  it('is the bound of Sellke, Bayarri and Berger, table 1', () => {
    expect(10 ** (strongest(0.05) / 10)).toBeCloseTo(1 / 0.407, 2);
    expect(10 ** (strongest(0.01) / 10)).toBeCloseTo(1 / 0.125, 1);
    expect(10 ** (strongest(0.001) / 10)).toBeCloseTo(1 / 0.0188, 0);
  });

  it('grows as p falls, and chance weighs nothing', () => {
    const ps = [1, 0.5, 0.3, 0.1, 0.05, 0.01, 1e-6, 1e-300];
    const weights = ps.map(strongest);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(strongest(1)).toBe(0);
    expect(strongest(0)).toBe(Infinity);
  });
});
