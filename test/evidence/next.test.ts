import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { nextEvidence, type Candidate } from '../../src/evidence/next.js';

const cause = (id: string) => causes.find((c) => c.id === id)!;
const candidates = (entries: readonly (readonly [string | null, number, boolean?])[]): Candidate[] =>
  entries.map(([id, probability, tested = false]) => ({ cause: id === null ? null : cause(id), probability, tested }));

describe('nextEvidence', () => {
  it('asks first for what splits the likeliest causes', () => {
    const [first] = nextEvidence(
      candidates([
        ['numa-balancing', 0.45],
        ['cpu-throttling', 0.45, true],
        ['disk-stall', 0.05],
        [null, 0.05],
      ]),
    );
    expect(first?.splits[0]).toBe('numa-balancing');
    expect(first?.bits).toBeGreaterThan(0.3);
    expect(first?.predictions.map((p) => p.cause)).toContain('numa-balancing');
  });

  it('asks nothing when the cause is certain or everything is tested', () => {
    expect(
      nextEvidence(
        candidates([
          ['numa-balancing', 1],
          ['cpu-throttling', 0],
        ]),
      ),
    ).toEqual([]);
    expect(
      nextEvidence(
        candidates([
          ['numa-balancing', 0.5, true],
          ['cpu-throttling', 0.5, true],
        ]),
      ),
    ).toEqual([]);
  });

  it('never promises more bits than there are in doubt', () => {
    const even = causes.map((c) => ({ cause: c, probability: 1 / causes.length, tested: false }));
    for (const next of nextEvidence(even)) expect(next.bits).toBeLessThanOrEqual(Math.log2(causes.length));
  });

  it('has only read-only commands', () => {
    const writing = /\b(sysctl -w|echo .*>|rm |kill |tee |drop_caches|smaps|numa_maps)\b/;
    for (const c of causes) for (const m of c.next) expect(m.command, `${c.id}/${m.id}`).not.toMatch(writing);
  });
});
