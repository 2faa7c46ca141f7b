import type { Cause, Clue } from '../causes/cause.js';
import type { Evidence, Reading } from '../types/diagnosis.js';
import { evaluate } from './expect.js';
import { strongest } from './bound.js';
import { classOf, fitted } from './fitted.js';
import type { Outcome } from './outcome.js';
import type { Scene } from './scene.js';

/** A clue together with what the dump says of it. */
export interface Weighed {
  readonly clue: Clue;
  readonly evidence: Evidence;
  /** What the clue would weigh against the cause if what it seems to show were certain. */
  readonly leaning?: number;
}

/**
 * Evidence for and against one cause. Of clues in one group only the strongest counts, the others are kept as
 * `shadowed`, so that correlated symptoms are not added up. Unknown clues weigh nothing: missing data is no evidence.
 */
export function gather(cause: Cause, scene: Scene, readings: readonly Reading[]): readonly Weighed[] {
  const weighed = cause.clues.map((clue) => {
    const outcome = evaluate(clue.expect, scene, readings);
    return { clue, evidence: toEvidence(clue, outcome), leaning: leaningOf(clue, outcome) };
  });
  return shadow(weighed);
}

function toEvidence(clue: Clue, outcome: Outcome): Evidence {
  const faint = outcome.faint === true && outcome.verdict === 'seen' && clue.ifSeen < 0;
  const weight = faint ? 0 : bounded(weightOf(clue, outcome.verdict), clue, outcome);
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
    ...(outcome.facts !== undefined && outcome.facts.length > 0 ? { facts: outcome.facts } : {}),
    ...(outcome.missing.length > 0 ? { missing: outcome.missing } : {}),
  };
}

/** A movement is no stronger evidence than its p-value allows; what speaks for a cause keeps doing so, however little. */
function bounded(weight: number, { expect }: Clue, { observed }: Outcome): number {
  if (expect.kind !== 'change' || weight <= 0) return weight;
  return Math.min(weight, Math.max(0.1, Math.round(10 * strongest(observed?.p ?? 0)) / 10));
}

function leaningOf(clue: Clue, { faint, verdict }: Outcome): number {
  if (faint !== true) return 0;
  return Math.min(0, weightOf(clue, verdict === 'unknown' ? 'absent' : verdict));
}

/** The written weight times the fitted factor of its class and side, to a tenth of a deciban. */
function weightOf(clue: Clue, verdict: Outcome['verdict']): number {
  if (verdict === 'unknown') return 0;
  const written = verdict === 'seen' ? clue.ifSeen : clue.ifAbsent;
  const factor = (written > 0 ? fitted.for : fitted.against)[classOf(clue)];
  return Math.round(10 * written * factor) / 10;
}

/** Marks all but the strongest clue of each group. */
export function shadow(weighed: readonly Weighed[]): readonly Weighed[] {
  const strongest = new Map<string, Weighed>();
  for (const entry of weighed) {
    const group = entry.clue.group;
    if (group === undefined) continue;
    const best = strongest.get(group);
    if (!best || Math.abs(entry.evidence.weight) > Math.abs(best.evidence.weight)) strongest.set(group, entry);
  }
  return weighed.map((entry) => {
    const group = entry.clue.group;
    const counts = group === undefined || entry.evidence.verdict === 'unknown' || strongest.get(group) === entry;
    return counts === (entry.evidence.shadowed !== true)
      ? entry
      : { ...entry, evidence: marked(entry.evidence, !counts) };
  });
}

function marked(evidence: Evidence, shadowed: boolean): Evidence {
  const copy = { ...evidence, shadowed };
  if (!shadowed) delete (copy as { shadowed?: boolean }).shadowed;
  return copy;
}
