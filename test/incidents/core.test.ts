import { describe, expect, it } from 'vitest';
import { coreOf } from '../../src/incidents/core.js';
import type { Hurt } from '../../src/incidents/hurt.js';

function hurt(series: string, from: number, to: number, peak: number): Hurt {
  const finding = {
    id: `${series}-${from}`,
    pattern: 'burst',
    signal: 's',
    labels: {},
    from,
    to,
    uncertainty: 500,
    peak,
    baseline: 0,
    unit: 'seconds',
    strength: 9,
    p: 1e-9,
    series,
    sources: [],
  } as const;
  return { finding, family: series, direct: true, mutual: false };
}

const core = (cluster: readonly Hurt[]): string[] =>
  coreOf(
    cluster,
    (h) => h.family,
    () => 1,
    10_000,
  ).map(({ finding }) => finding.id);

describe('coreOf', () => {
  it('leaves out small stutters that chain to a grave episode', () => {
    const cluster = [
      hurt('a', 0, 1000, 1),
      hurt('a', 9000, 9500, 2),
      hurt('a', 18_000, 50_000, 100),
      hurt('b', 19_000, 49_000, 7),
    ];
    expect(core(cluster)).toEqual(['a-18000', 'b-19000']);
  });

  it('measures the stutter of one who was hardly hurt by the harm of the others', () => {
    const cluster = [
      hurt('a', 0, 3000, 2),
      hurt('b', 0, 3000, 1),
      hurt('c', 0, 3000, 3),
      hurt('d', 12_000, 40_000, 100),
      hurt('e', 12_000, 39_000, 60),
    ];
    expect(core(cluster)).toEqual(['d-12000', 'e-12000']);
  });

  it('does not compare different symptoms, nor the middle of a distribution with its tail', () => {
    const other = (h: Hurt, signal: string, labels: Record<string, string>): Hurt => ({
      ...h,
      finding: { ...h.finding, signal, labels },
    });
    const cluster = [
      hurt('a', 0, 20_000, 100),
      other(hurt('b', 20_000, 30_000, 1), 'other', {}),
      other(hurt('c', 30_000, 40_000, 5), 's', { quantile: '0.5' }),
    ];
    expect(core(cluster)).toHaveLength(3);
  });

  it('keeps one long symptom whole, however long', () => {
    expect(core([hurt('a', 0, 600_000, 5)])).toEqual(['a-0']);
    expect(core([hurt('a', 0, 600_000, 5), hurt('b', 100, 599_000, 3)])).toHaveLength(2);
  });

  it('keeps an instant: a symptom seen by a single sample', () => {
    expect(core([hurt('a', 5000, 5000, 5)])).toEqual(['a-5000']);
  });

  it('does not let a level that spans everything draw the edges', () => {
    const cluster = [
      hurt('a', 0, 200_000, 4),
      hurt('b', 100_000, 120_000, 9),
      hurt('c', 101_000, 119_000, 9),
      hurt('d', 100_000, 118_000, 9),
      hurt('e', 100_000, 120_000, 1),
    ];
    expect(core(cluster)).not.toContain('a-0');
  });
});
