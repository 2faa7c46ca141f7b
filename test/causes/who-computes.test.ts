/** Causes told apart by who used the CPU meanwhile. */
import { describe, expect, it } from 'vitest';
import { inquireCase } from '../../src/inquire.js';
import { faults } from '../support/faults.js';
import { FAULT, simulate, START, type Fault } from '../support/simulate.js';

const given = { from: START + FAULT.from * 1000, to: START + FAULT.to * 1000 };

/** Weights of the clues of one cause when its own fault has further effects. */
function weightsOf(cause: string, effects: Fault['effects']): ReadonlyMap<string, number> {
  const fault = { ...faults[cause]!, effects: { ...faults[cause]!.effects, ...effects } };
  const { hypotheses } = inquireCase(simulate(fault, 7), given).diagnosis.incidents[0]!;
  const own = hypotheses.find((hypothesis) => hypothesis.cause === cause)!;
  return new Map(own.evidence.map(({ clue, weight }) => [clue, weight]));
}

describe('contention for the CPU', () => {
  it('is contradicted by pods that compute half as much again and more', () => {
    expect(weightsOf('cpu-contention', { 'cpu.cgroup.usage': 0.3 }).get('own-use-kept')).toBeLessThan(-10);
  });

  it('is not contradicted by pods that are kept from computing', () => {
    expect(weightsOf('cpu-contention', {}).get('own-use-kept')).toBe(0);
  });
});

describe('delay on the path', () => {
  it('is contradicted by tasks that wait for the CPUs of the node', () => {
    expect(weightsOf('network-delay', { 'pressure.node.cpu.some': 0.15 }).get('node-not-busier')).toBeLessThan(-8);
  });

  it('is contradicted by requests that cost the server more', () => {
    expect(weightsOf('network-delay', { 'cpu.cgroup.usage': 0.3 }).get('own-use-flat')).toBeLessThan(-4);
  });

  it('goes with a node at its usual work', () => {
    const usual = weightsOf('network-delay', {});
    expect(usual.get('node-not-busier')).toBeGreaterThan(0);
    expect(usual.get('own-use-flat')).toBeGreaterThan(0);
  });
});
