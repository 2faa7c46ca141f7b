import type { Cause, Measurement } from '../causes/cause.js';
import type { NextEvidence } from '../types/diagnosis.js';
import type { Ratio } from '../types/units.js';

/** A hypothesis as far as the choice of the next measurement needs it. */
export interface Candidate {
  readonly cause: Cause | null;
  readonly probability: Ratio;
  /** Whether the dump already tests the cause's own mechanism. */
  readonly tested: boolean;
}

/** Chance that a measurement shows a cause that is at work, and that it shows one that is not. */
const SENSITIVITY = 0.9;
const FALSE_ALARM = 0.05;
const MAX_ASKED = 5;
const LEAST_BITS = 0.005;

interface Asked {
  readonly measurement: Measurement;
  readonly causes: Map<string, string>;
}

/**
 * What to ask for next: the measurements of the remaining causes by expected information, bits of
 * entropy over the hypotheses that one look is expected to remove (Lindley 1956). A measurement answers "it is cause
 * c" for one of the causes that name it, or "none of these"; causes whose mechanism the dump has tested already gain
 * nothing from a second look.
 */
export function nextEvidence(candidates: readonly Candidate[]): readonly NextEvidence[] {
  const asked = new Map<string, Asked>();
  for (const { cause, tested } of candidates) {
    if (cause === null || tested) continue;
    for (const measurement of cause.next) {
      const entry = asked.get(measurement.id) ?? { measurement, causes: new Map<string, string>() };
      entry.causes.set(cause.id, measurement.expect);
      asked.set(measurement.id, entry);
    }
  }
  return [...asked.values()]
    .map((entry) => toNext(entry, candidates))
    .filter((next) => next.bits >= LEAST_BITS)
    .sort((a, b) => b.bits - a.bits || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_ASKED);
}

function toNext({ measurement, causes }: Asked, candidates: readonly Candidate[]): NextEvidence {
  const likely = [...causes.keys()].sort((a, b) => chance(candidates, b) - chance(candidates, a) || (a < b ? -1 : 1));
  const rivals = candidates
    .filter(({ cause }) => cause !== null && !causes.has(cause.id))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 3)
    .map(({ cause }) => cause!.id);
  return {
    id: measurement.id,
    command: measurement.command,
    why: measurement.why,
    splits: [...likely, ...rivals],
    bits: Math.round(information(new Set(causes.keys()), candidates) * 1000) / 1000,
    predictions: likely.map((cause) => ({ cause, expect: causes.get(cause)! })),
  };
}

function chance(candidates: readonly Candidate[], id: string): Ratio {
  return candidates.find(({ cause }) => cause?.id === id)?.probability ?? 0;
}

/** Mutual information, in bits, between the hypotheses and the answer "one of `names`, or none". */
function information(names: ReadonlySet<string>, candidates: readonly Candidate[]): number {
  const answers = [...names, null];
  const joint = candidates.map(({ cause, probability }) =>
    answers.map((answer) => probability * likelihood(answer, cause?.id ?? null, names)),
  );
  const marginal = answers.map((_, column) => joint.reduce((sum, row) => sum + row[column]!, 0));
  let bits = 0;
  joint.forEach((row, index) => {
    row.forEach((p, column) => {
      const independent = candidates[index]!.probability * marginal[column]!;
      if (p > 0 && independent > 0) bits += p * Math.log2(p / independent);
    });
  });
  return Math.max(0, bits);
}

function likelihood(answer: string | null, truth: string | null, names: ReadonlySet<string>): number {
  const hit = truth !== null && names.has(truth) ? SENSITIVITY : 0;
  const others = FALSE_ALARM / names.size;
  if (answer === null) return 1 - (hit > 0 ? hit + others * (names.size - 1) : FALSE_ALARM);
  return answer === truth ? hit : others;
}
