import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { inquireCase } from '../../src/inquire.js';
import type { Incident } from '../../src/types/diagnosis.js';
import { faults } from '../support/faults.js';
import { FAULT, simulate, START } from '../support/simulate.js';

/** The window is what the engineer was told; that it is found without is the matter of the tests of incidents. */
const given = { from: START + FAULT.from * 1000, to: START + FAULT.to * 1000 };

/** Causes that these data cannot tell from another one, which may come first: then the right one is second. */
const twins: Readonly<Record<string, string>> = {
  'mmap-lock-contention': 'app-stall',
  'vm-pause': 'cpu-steal',
  'irq-imbalance': 'packet-loss',
  'nic-ring-drops': 'packet-loss',
  'neighbour-table-overflow': 'packet-loss',
  'virtio-cmd-stall': 'packet-loss',
  'softirq-starvation': 'packet-loss',
  'dependency-slow': 'app-stall',
  'oom-kill': 'app-stall',
  'numa-remote-access': 'unknown',
  'measurement-artefact': 'unknown',
};

/** Known weakness: these do not reach the first two ranks yet. The test turns red as soon as they do. */
const notYet: ReadonlySet<string> = new Set(['cgroup-stat-stall', 'dying-memcg', 'ipvs-estimation']);

function diagnose(cause: string): Incident {
  return inquireCase(simulate(faults[cause]!, 7), given).diagnosis.incidents[0]!;
}

describe('every cause, simulated', () => {
  it('has a fault', () => {
    expect(Object.keys(faults).sort()).toEqual(causes.map(({ id }) => id).sort());
  });

  for (const { id } of causes) {
    (notYet.has(id) ? it.fails : it)(`${id} is found, not excluded, and no other cause is confirmed`, () => {
      const { hypotheses } = diagnose(id);
      const shown = hypotheses.slice(0, 3).map((h) => `${h.cause} ${h.probability.toFixed(2)} ${h.verdict}`);
      const twin = twins[id];
      const first = hypotheses.slice(0, hypotheses[0]!.cause === twin ? 2 : 1).map((h) => h.cause);
      expect(first, shown.join(', ')).toContain(id);
      expect(hypotheses.find((h) => h.cause === id)!.verdict).not.toBe('excluded');
      expect(hypotheses.filter((h) => h.cause !== id && h.verdict === 'confirmed').map((h) => h.cause)).toEqual([]);
    });
  }
});
