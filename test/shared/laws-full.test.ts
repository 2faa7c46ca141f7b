/** The laws of the diagnosis on whole recordings, which hold samples of the kernel's counters for each second. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { prepare } from '../../src/series/prepare.js';
import type { Case } from '../../src/types/case.js';
import type { Incident } from '../../src/types/diagnosis.js';
import { differences, evidenceOf, incidentOf, madeUp, notForgotten, otherNames, partsOf, turnedBy, withStrangers } from '../support/laws.js'; // prettier-ignore
import { shifted } from '../support/reshape.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('laws on whole recordings skipped: no ../shared/cases');

const YEAR = 365 * 86_400_000;

/** Recordings with samplings: one in how many, and the number of the first. */
const RECORDED: readonly (readonly [string, readonly (readonly [keep: number, first: number])[]])[] = [
  ['conntrack-full-1', [[10, 0]]],
  ['cpu-throttling-1', [[10, 0]]],
  ['dirty-writeback-1', [[3, 2], [10, 0]]], // prettier-ignore
  ['fd-exhaustion-1', [[5, 0], [10, 5]]], // prettier-ignore
  ['numa-balancing-1', [[2, 1], [3, 0], [3, 2]]], // prettier-ignore
  ['port-exhaustion-1', [[10, 5]]],
  ['tcp-memory-1', [[3, 0], [10, 0]]], // prettier-ignore
];

async function recording(name: string): Promise<{ of: Case; found: Incident; given: Incident }> {
  const of = prepare(await importDump(await openDump(`${CASES}/${name}/dump`)));
  const found = incidentOf(of)!;
  return { of, found, given: incidentOf(of, found.window)! };
}

describe.skipIf(!present)('fewer samples make nothing up: whole recordings', () => {
  it.each(RECORDED)('%s, one in %j', async (name, samplings) => {
    const { of, given } = await recording(name);
    expect(samplings.flatMap(([keep, first]) => madeUp(of, given, keep, first))).toEqual([]);
  });
});

describe.skipIf(!present)('numa-balancing-1, whole', () => {
  let of: Case;
  let found: Incident;
  let given: Incident;
  beforeAll(async () => {
    ({ of, found, given } = await recording('numa-balancing-1'));
  });

  it('a part that is gone turns nothing against a cause', () => {
    const parts = partsOf(of);
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.flatMap((part) => turnedBy(of, given, part))).toEqual([]);
  });

  it('what lost all its files is unknown', () => {
    const told = [...evidenceOf(given).values()].filter(({ verdict }) => verdict !== 'unknown');
    const signals = [...new Set(told.map(({ signal }) => signal))].filter((id) => /^(?!reading\.|scope)/.test(id));
    expect(signals.length).toBeGreaterThan(20);
    expect(notForgotten(of, given, signals.filter((_, i) => i % 12 === 0))).toEqual([]); // prettier-ignore
  });

  it('series that mean nothing change no weight', () => {
    expect(differences(given, incidentOf(withStrangers(of, 30, 1), found.window))).toEqual([]);
  });

  it.each([10 * YEAR + 3 * 86_400_000, 37_211])('all clocks %d ms later change nothing', (by) => {
    expect(differences(found, incidentOf(shifted(of, by)))).toEqual([]);
  });

  it('other names change nothing', () => {
    expect(differences(found, incidentOf(otherNames(of)))).toEqual([]);
  });
});
