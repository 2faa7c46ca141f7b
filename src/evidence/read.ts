import { readingRules } from '../readings/all.js';
import type { ReadingRule } from '../readings/reading.js';
import type { Reading } from '../types/diagnosis.js';
import { evaluate } from './expect.js';
import type { Outcome } from './outcome.js';
import type { Scene } from './scene.js';

/** All readings of an incident, in the order of the chain; those that nothing in the dump speaks to are `unknown`. */
export function read(scene: Scene): readonly Reading[] {
  return readingRules.map((rule) => toReading(rule, scene));
}

function toReading(rule: ReadingRule, scene: Scene): Reading {
  const all = rule.all.map((expected) => evaluate(expected, scene, []));
  const any = (rule.any ?? []).map((expected) => evaluate(expected, scene, []));
  const outcomes = [...all, ...any];
  return {
    id: rule.id,
    verdict: verdictOf(all, any),
    args: argsOf(outcomes),
    findings: [...new Set(outcomes.flatMap((outcome) => outcome.findings))],
    signals: [...new Set(outcomes.map((outcome) => outcome.signal))],
    sources: outcomes.flatMap((outcome) => outcome.sources.slice(0, 2)),
  };
}

function verdictOf(all: readonly Outcome[], any: readonly Outcome[]): Reading['verdict'] {
  if (all.some((outcome) => outcome.verdict === 'absent')) return 'against';
  if (any.length > 0 && any.every((outcome) => outcome.verdict === 'absent')) return 'against';
  const holds = all.every((outcome) => outcome.verdict === 'seen');
  return holds && (any.length === 0 || any.some((outcome) => outcome.verdict === 'seen')) ? 'for' : 'unknown';
}

/** `change1`, `mde1`, `baseline1`, `peak1`, `unit1`, `signal1` … of the outcomes in order, for the sentence. */
function argsOf(outcomes: readonly Outcome[]): Readonly<Record<string, string | number>> {
  const args: Record<string, string | number> = {};
  outcomes.forEach(({ signal, observed }, index) => {
    const n = index + 1;
    args[`signal${n}`] = signal;
    if (observed === null) return;
    args[`state${n}`] = observed.state;
    args[`unit${n}`] = observed.unit;
    args[`change${n}`] = observed.change;
    if (observed.mde !== null) args[`mde${n}`] = observed.mde;
    if (observed.baseline !== null) args[`baseline${n}`] = observed.baseline;
    if (observed.peak !== null) args[`peak${n}`] = observed.peak;
  });
  return args;
}
