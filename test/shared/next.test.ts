/** What is asked for next, over the recorded incidents in the views that lack most. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import type { Cause } from '../../src/causes/cause.js';
import { openDump } from '../../src/dump/node.js';
import { inquire } from '../../src/inquire.js';
import type { Hypothesis, Incident } from '../../src/types/diagnosis.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('next evidence of recorded incidents skipped: no ../shared/cases');

/** Whether some part of a cause's mechanism is not known yet. */
function open({ cause, evidence }: Hypothesis): boolean {
  const known: Cause | undefined = causes.find(({ id }) => id === cause);
  const parts = (known?.clues ?? []).filter(({ role }) => role === 'mechanism');
  return parts.length === 0 || parts.some(({ id }) => evidence.find(({ clue }) => clue === id)?.verdict === 'unknown');
}

function askedInVain(incident: Incident): string[] {
  return incident.next.flatMap(({ id, predictions }) =>
    predictions
      .filter(({ cause }) => !open(incident.hypotheses.find((h) => h.cause === cause)!))
      .map(({ cause }) => `${id} for ${cause}`),
  );
}

describe.skipIf(!present)('next evidence', () => {
  const names = present ? readdirSync(CASES).filter((name) => existsSync(`${CASES}/${name}/dump/csv`)) : [];
  it.each(names)('%s: asks for what is not there, and first for what parts the leaders', async (name) => {
    const { diagnosis } = await inquire(await openDump(`${CASES}/${name}/dump/csv`));
    for (const incident of diagnosis.incidents) {
      expect(askedInVain(incident)).toEqual([]);
      const leaders = incident.hypotheses.filter(({ cause }) => cause !== 'unknown').slice(0, 2);
      if (incident.verdict === 'confirmed' || !leaders.some(open)) continue;
      const [first] = incident.next;
      expect(first?.bits).toBeGreaterThan(0);
      // it says yes of one of the two and not of the other
      const told = first!.predictions.map(({ cause }) => cause);
      const parted = leaders.filter(({ cause }) => told.includes(cause)).length;
      expect(parted, `${first!.id} for ${leaders.map(({ cause }) => cause).join(' and ')}`).toBe(1);
    }
  });
});
