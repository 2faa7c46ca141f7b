import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { inquireCase } from '../../src/inquire.js';
import type { Incident } from '../../src/types/diagnosis.js';
import { faults } from '../support/faults.js';
import { FAULT, simulate, START, type Fault } from '../support/simulate.js';
import { views } from '../support/views-of-fault.js';

const given = { from: START + FAULT.from * 1000, to: START + FAULT.to * 1000 };
/** Seeds with the window told, and one with the window found. */
const TOLD = [7, 11];
const FOUND = 12;

/** Nobody is hurt by these, so that no window is found unless it is given. */
const harmless: ReadonlySet<string> = new Set(['traffic-surge']);

/** The incident of a simulated fault; its window is told, or found. */
function diagnose(fault: Fault, seed: number, options: { from?: number; to?: number } = given): Incident | undefined {
  const { incidents } = inquireCase(simulate(fault, seed), options).diagnosis;
  const meets = incidents.filter(({ window }) => window.from < given.to && window.to > given.from);
  const distance = ({ window }: Incident): number => Math.abs(window.from - given.from);
  return meets.sort((a, b) => distance(a) - distance(b))[0];
}

function expectFound(id: string, incident: Incident | undefined): void {
  const { hypotheses } = incident!;
  const shown = hypotheses.slice(0, 3).map((h) => `${h.cause} ${h.probability.toFixed(2)} ${h.verdict}`);
  expect(hypotheses[0]!.cause, shown.join(', ')).toBe(id);
  expectHonest(id, incident);
}

/** The true cause is never excluded, and no other one is confirmed. */
function expectHonest(id: string, incident: Incident | undefined): void {
  const hypotheses = incident?.hypotheses ?? [];
  expect(hypotheses.filter((h) => h.cause === id && h.verdict === 'excluded')).toEqual([]);
  expect(hypotheses.filter((h) => h.cause !== id && h.verdict === 'confirmed').map((h) => h.cause)).toEqual([]);
}

describe('every cause, simulated', () => {
  it('has a fault', () => {
    expect(Object.keys(faults).sort()).toEqual(causes.map(({ id }) => id).sort());
  });

  for (const { id } of causes) {
    it(`${id} is found, not excluded, and no other cause is confirmed`, () => {
      for (const seed of TOLD) expectFound(id, diagnose(faults[id]!, seed));
      if (!harmless.has(id)) expectFound(id, diagnose(faults[id]!, FOUND, {}));
    });

    it(`${id} is not excluded and no other cause confirmed in poorer views`, () => {
      for (const view of ['coarse', 'common', 'levels'])
        expectHonest(id, diagnose(views[view]!(faults[id]!), TOLD[0]!));
      expectHonest(id, diagnose(views['common']!(faults[id]!), TOLD[0]!, {}));
    });
  }
});
