import type { FactValue, Observed } from '../types/diagnosis.js';
import type { Fact, Labels, Source } from '../types/series.js';

/** What became of one expectation: it is seen, the data show that it is not so, or they cannot tell. */
export interface Outcome {
  readonly verdict: 'seen' | 'absent' | 'unknown';
  readonly signal: string;
  readonly labels: Labels;
  readonly observed: Observed | null;
  readonly findings: readonly string[];
  readonly sources: readonly Source[];
  readonly facts?: readonly FactValue[];
  /** It looks so, but not so clearly that another sampling would have to show it as well: too little to speak against anything. */
  readonly faint?: boolean;
  /** Signals, facts or events that the dump lacks. */
  readonly missing: readonly string[];
}

/** An outcome that nothing in the dump speaks to. */
export function untold(signal: string, missing: readonly string[] = [signal]): Outcome {
  return { verdict: 'unknown', signal, labels: {}, observed: null, findings: [], sources: [], missing };
}

/** Facts as evidence tells them, each value once. */
export function told(facts: readonly Fact[]): readonly FactValue[] {
  const out = new Map<string, FactValue>();
  for (const { name, value, assumed } of facts)
    out.set(`${name} ${String(value)}`, { name, value, ...(assumed === true && { assumed }) });
  return [...out.values()];
}
