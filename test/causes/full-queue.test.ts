/** Causes that fill an accept queue, told apart by what else they leave behind. */
import { describe, expect, it } from 'vitest';
import { inquireCase } from '../../src/inquire.js';
import type { Hypothesis } from '../../src/types/diagnosis.js';
import { faults } from '../support/faults.js';
import { FAULT, simulate, START, type Fault } from '../support/simulate.js';

const given = { from: START + FAULT.from * 1000, to: START + FAULT.to * 1000 };

function hypothesesOf(fault: Fault): readonly Hypothesis[] {
  return inquireCase(simulate(fault, 7), given).diagnosis.incidents[0]!.hypotheses;
}

function weightOf(fault: Fault, cause: string, clue: string): number {
  const own = hypothesesOf(fault).find((hypothesis) => hypothesis.cause === cause)!;
  return own.evidence.find((evidence) => evidence.clue === clue)!.weight;
}

describe('a small accept queue', () => {
  const lateReads = (perSecond: number): Fault => ({
    ...faults['listen-backlog']!,
    effects: { ...faults['listen-backlog']!.effects, 'net.socket.slow_reads_100ms': perSecond },
  });

  it('is still the first cause when a few waited in it so long that they were read late', () => {
    expect(weightOf(lateReads(2), 'listen-backlog', 'reads-in-time')).toBeLessThan(0);
    expect(weightOf(lateReads(2), 'listen-backlog', 'few-late-reads')).toBe(0);
    expect(hypothesesOf(lateReads(2))[0]!.cause).toBe('listen-backlog');
  });

  it('is no explanation where many are read late', () => {
    expect(weightOf(lateReads(15), 'listen-backlog', 'few-late-reads')).toBeLessThan(-10);
  });
});

describe('a limit of descriptors that nobody told', () => {
  const open = (descriptors: number): Fault => ({
    ...faults['app-stall']!,
    effects: { ...faults['app-stall']!.effects, 'fd.pod.open': () => descriptors - 90 },
    facts: 'none',
  });

  it('is not reached by a dozen of them', () => {
    expect(weightOf(open(12), 'fd-exhaustion', 'dozens-open')).toBeLessThan(-5);
  });

  it('may be reached by some dozens and more', () => {
    expect(weightOf(open(70), 'fd-exhaustion', 'dozens-open')).toBe(0);
    expect(weightOf(open(900), 'fd-exhaustion', 'dozens-open')).toBe(0);
  });
});
