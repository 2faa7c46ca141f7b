import type { Cause, Clue } from '../causes/cause.js';
import type { Evidence, Reading } from '../types/diagnosis.js';
import { evaluate } from './expect.js';
import type { Outcome } from './outcome.js';
import type { Scene } from './scene.js';

/** A clue together with what the dump says of it. */
export interface Weighed {
  readonly clue: Clue;
  readonly evidence: Evidence;
}

/**
 * Evidence for and against one cause. Of clues in one group only the strongest counts, the others are kept as
 * `shadowed`, so that correlated symptoms are not added up. Unknown clues weigh nothing: missing data is no evidence.
 */
export function gather(cause: Cause, scene: Scene, readings: readonly Reading[]): readonly Weighed[] {
  const weighed = cause.clues.map((clue) => ({
    clue,
    evidence: toEvidence(clue, evaluate(clue.expect, scene, readings)),
  }));
  return shadow(weighed);
}

function toEvidence(clue: Clue, outcome: Outcome): Evidence {
  const weight = outcome.verdict === 'seen' ? clue.ifSeen : outcome.verdict === 'absent' ? clue.ifAbsent : 0;
  return {
    clue: clue.id,
    verdict: weight > 0 ? 'for' : weight < 0 ? 'against' : 'unknown',
    weight,
    signal: outcome.signal,
    labels: outcome.labels,
    observed: outcome.observed,
    why: clue.says,
    findings: outcome.findings,
    sources: outcome.sources,
    ...(outcome.missing.length > 0 ? { missing: outcome.missing } : {}),
  };
}

function shadow(weighed: readonly Weighed[]): readonly Weighed[] {
  const strongest = new Map<string, Weighed>();
  for (const entry of weighed) {
    const group = entry.clue.group;
    if (group === undefined) continue;
    const best = strongest.get(group);
    if (!best || Math.abs(entry.evidence.weight) > Math.abs(best.evidence.weight)) strongest.set(group, entry);
  }
  return weighed.map((entry) => {
    const group = entry.clue.group;
    if (group === undefined || entry.evidence.verdict === 'unknown' || strongest.get(group) === entry) return entry;
    return { ...entry, evidence: { ...entry.evidence, shadowed: true } };
  });
}
