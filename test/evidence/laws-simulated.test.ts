/** The laws of the diagnosis on simulated incidents; `laws.test.ts` holds them on the bundled one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/types/case.js';
import type { Incident } from '../../src/types/diagnosis.js';
import { faults } from '../support/faults.js';
import { differences, evidenceOf, incidentOf, madeUp, otherNames, withoutFiles, filesBehind, withStrangers } from '../support/laws.js'; // prettier-ignore
import { shifted } from '../support/reshape.js';
import { simulate } from '../support/simulate.js';

const YEAR = 365 * 86_400_000;
/** Ten years on and back, over a leap day, over a change to summer time, and by an odd number. */
const SHIFTS = [10 * YEAR + 3 * 86_400_000, -10 * YEAR, 663 * 86_400_000, -40 * 86_400_000 + 3_600_000, 37_211];

describe.each(['cpu-throttling', 'packet-loss', 'disk-stall', 'listen-backlog', 'numa-balancing'])('%s', (cause) => {
  let of: Case;
  let found: Incident;
  let given: Incident;
  beforeAll(() => {
    of = simulate(faults[cause]!, 11);
    found = incidentOf(of)!;
    given = incidentOf(of, found.window)!;
  });

  it('what lost all its files is unknown', () => {
    const before = evidenceOf(given);
    const told = [...before.values()].filter(({ verdict, signal }) => verdict !== 'unknown' && signal.includes('.'));
    const signals = [...new Set(told.map(({ signal }) => signal))].filter((id) => !id.startsWith('reading.'));
    expect(signals.length).toBeGreaterThan(5);
    for (const signal of signals.filter((_, i) => i % 4 === 0)) {
      const files = filesBehind(of, signal);
      const after = incidentOf(withoutFiles(of, files), found.window)!;
      for (const [key, { signal: own }] of before)
        if (own === signal) expect(evidenceOf(after).get(key)?.verdict, `${key} without ${signal}`).toBe('unknown');
    }
  });

  it('series that mean nothing change no weight', () => {
    expect(differences(given, incidentOf(withStrangers(of, 25, 3), found.window))).toEqual([]);
  });

  it.each(SHIFTS)('all clocks %d ms later change nothing', (by) => {
    expect(differences(found, incidentOf(shifted(of, by)))).toEqual([]);
  });

  it('other names change nothing', () => {
    expect(differences(found, incidentOf(otherNames(of)))).toEqual([]);
  });

  it.each([2, 3, 5, 10])('every %d. sample alone turns nothing against a cause', (keep) => {
    expect([0, Math.floor(keep / 2)].flatMap((first) => madeUp(of, given, keep, first))).toEqual([]);
  });

  it('and would be found out: half the effect, no effect', () => {
    const half = simulate({ ...faults[cause]!, effects: {}, trouble: {} }, 11);
    expect(differences(given, incidentOf(half, found.window))).not.toEqual([]);
  });
});
