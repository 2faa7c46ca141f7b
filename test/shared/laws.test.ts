/** The laws of the diagnosis on recorded incidents, in the views that lack most. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inquire } from '../../src/inquire.js';
import { prepare } from '../../src/series/prepare.js';
import type { Case } from '../../src/types/case.js';
import type { Incident } from '../../src/types/diagnosis.js';
import type { Dump, DumpFile } from '../../src/types/dump.js';
import { differences, evidenceOf, incidentOf, madeUp, notForgotten, otherNames, partsOf, turnedBy, withStrangers } from '../support/laws.js'; // prettier-ignore
import { shifted } from '../support/reshape.js';
import { seeded } from '../support/synth.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('laws on recorded incidents skipped: no ../shared/cases');

const YEAR = 365 * 86_400_000;
const SHIFTS = [10 * YEAR + 3 * 86_400_000, -10 * YEAR, 663 * 86_400_000, 37_211];

/** A dump whose files come in another order. */
function shuffled(dump: Dump, seed: number): Dump {
  const random = seeded(seed);
  return {
    name: dump.name,
    sha256: () => dump.sha256(),
    get problems() {
      return dump.problems;
    },
    async *walk(): AsyncGenerator<DumpFile> {
      const files: { readonly file: DumpFile; readonly at: number }[] = [];
      for await (const file of dump.walk()) files.push({ file, at: random() });
      for (const { file } of files.sort((a, b) => a.at - b.at)) yield file;
    },
  };
}

describe.skipIf(!present).each([
  ['numa-balancing-2', 'metrics'],
  ['packet-loss-1', 'metrics'],
  ['conntrack-full-1', 'metrics'],
  ['disk-stall-1', 'csv'],
  ['fd-exhaustion-1', 'csv'],
])('%s, %s', (name, view) => {
  const path = `${CASES}/${name}/dump/${view}`;
  let of: Case;
  let found: Incident;
  let given: Incident;
  beforeAll(async () => {
    of = prepare(await importDump(await openDump(path)));
    found = incidentOf(of)!;
    given = incidentOf(of, found.window)!;
  });

  it('what lost all its files is unknown', () => {
    const told = [...evidenceOf(given).values()].filter(({ verdict }) => verdict !== 'unknown');
    const signals = [...new Set(told.map(({ signal }) => signal))].filter((id) => /^(?!reading\.|scope)/.test(id));
    expect(signals.length).toBeGreaterThan(5);
    expect(notForgotten(of, given, signals.filter((_, i) => i % 5 === 0))).toEqual([]); // prettier-ignore
  });

  it('a file that is gone turns nothing against a cause', () => {
    const files = partsOf(of);
    const some = files.filter((_, i) => i % Math.ceil(files.length / 20) === 0);
    expect(some.length).toBeGreaterThan(10);
    expect(some.flatMap((file) => turnedBy(of, given, file))).toEqual([]);
  });

  it('series that mean nothing change no weight', () => {
    expect(differences(given, incidentOf(withStrangers(of, 30, 1), found.window))).toEqual([]);
  });

  it.each(SHIFTS)('all clocks %d ms later change nothing', (by) => {
    expect(differences(found, incidentOf(shifted(of, by)))).toEqual([]);
  });

  it('other names change nothing', () => {
    expect(differences(found, incidentOf(otherNames(of)))).toEqual([]);
  });

  it('the order of the files changes no byte', async () => {
    const texts = await Promise.all(
      [0, 1, 2].map(async (seed) => {
        const dump = await openDump(path);
        return JSON.stringify((await inquire(seed === 0 ? dump : shuffled(dump, seed))).diagnosis);
      }),
    );
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).toBe(texts[0]);
  });
});

/** Every second to tenth sample, from the first and from one in the middle on; each recording gets two of the four. */
const SAMPLINGS = [
  [2, 5],
  [3, 10],
] as const;
const recorded = present ? readdirSync(CASES).filter((name) => existsSync(`${CASES}/${name}/truth.json`)) : [];

describe.skipIf(!present).each(['metrics', 'csv'])('fewer samples make nothing up: %s', (view) => {
  it.each(recorded.sort().map((name, i) => [name, SAMPLINGS[(i + (view === 'csv' ? 1 : 0)) % 2]!] as const))(
    '%s, one in %j',
    async (name, samplings) => {
      const of = prepare(await importDump(await openDump(`${CASES}/${name}/dump/${view}`)));
      const found = incidentOf(of);
      if (found === undefined) return;
      const given = incidentOf(of, found.window)!;
      const turned = samplings.flatMap((keep) =>
        [0, Math.floor(keep / 2)].flatMap((first) => madeUp(of, given, keep, first)),
      );
      expect(turned).toEqual([]);
    },
  );
});
