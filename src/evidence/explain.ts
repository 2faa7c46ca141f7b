import type { Cause } from '../causes/cause.js';
import type { Ratio } from '../types/units.js';
import type { Weighed } from './gather.js';
import { moved, refuted } from './rank.js';
import { UNKNOWN_WEIGHT, weightOf } from './weigh.js';

/**
 * Explaining away (Pearl 1988, "Probabilistic Reasoning in Intelligent Systems", 2.3): signs of a general cause that a
 * special one makes as well say nothing of the general one while the special one is at work, and all that was written
 * while it is not. Their likelihood ratio is the mean of the two, by the chance of the special cause against none.
 * @param weighed - evidence of each cause, in the order of `causes`
 */
export function explainAway(
  causes: readonly Cause[],
  weighed: readonly (readonly Weighed[])[],
): readonly (readonly Weighed[])[] {
  const explained = new Map<string, Explained>();
  causes.forEach((cause, index) => {
    const own = weighed[index]!;
    if (cause.explains === undefined || !moved({ weighed: own }) || refuted({ weighed: own })) return;
    const open = 1 / (1 + 10 ** ((weightOf(cause, own) - UNKNOWN_WEIGHT) / 10));
    for (const general of cause.explains)
      if (open < (explained.get(general)?.open ?? 1)) explained.set(general, { by: cause.id, open });
  });
  return causes.map((cause, index) => lessened(weighed[index]!, explained.get(cause.id)));
}

/** The cause that explains another one's signs, and the chance that it does not. */
interface Explained {
  readonly by: string;
  readonly open: Ratio;
}

/** Clues in favour, scaled so that their sum is worth what is left open. */
function lessened(weighed: readonly Weighed[], explained: Explained | undefined): readonly Weighed[] {
  if (explained === undefined) return weighed;
  const { by, open } = explained;
  const sum = weighed.reduce(
    (total, { evidence: e }) => (e.weight > 0 && e.shadowed !== true ? total + e.weight : total),
    0,
  );
  if (sum === 0) return weighed;
  const factor = (10 * Math.log10(1 - open + open * 10 ** (sum / 10))) / sum;
  return weighed.map((entry) => {
    const { evidence } = entry;
    if (evidence.weight <= 0) return entry;
    // what speaks for a cause keeps doing so, however little
    const weight = Math.max(0.1, Math.round(evidence.weight * factor * 10) / 10);
    return { ...entry, evidence: { ...evidence, weight, explainedBy: by } };
  });
}

/**
 * For each cause the odds of special ones that make its signs and that nothing in the dump tests: their priors, since
 * their signs are those of the general cause.
 */
export function untestedOdds(
  causes: readonly Cause[],
  weighed: readonly (readonly Weighed[])[],
): ReadonlyMap<string, number> {
  const odds = new Map<string, number>();
  causes.forEach((cause, index) => {
    const own = weighed[index]!;
    const mechanisms = own.filter(({ clue }) => clue.role === 'mechanism');
    const tested = mechanisms.length === 0 || mechanisms.some(({ evidence }) => evidence.verdict !== 'unknown');
    if (tested || refuted({ weighed: own })) return;
    for (const general of cause.explains ?? [])
      odds.set(general, (odds.get(general) ?? 0) + 10 ** ((cause.prior?.weight ?? 0) / 10));
  });
  return odds;
}
