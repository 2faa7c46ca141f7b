import type { HypothesisVerdict, IncidentVerdict } from '../types/diagnosis.js';
import type { Decibans, Ratio } from '../types/units.js';
import type { Weighed } from './gather.js';

/** What the rules for a verdict look at. */
export interface Grounds {
  readonly probability: Ratio;
  readonly weight: Decibans;
  readonly weighed: readonly Weighed[];
  readonly sufficient: boolean | null;
  /** Odds, against this cause, of special ones that would make the same signs and that nothing in the dump tests. */
  readonly untested?: number;
}

const CONFIRMED_PROBABILITY = 0.9;
const PROBABLE_PROBABILITY = 0.5;
/** Ten to one against, on top of a refuted mechanism or precondition. */
const EXCLUDED_WEIGHT = -10;

/**
 * The verdict words, by rules that are tried in order (wishes 47 and 52): exclusion needs a refuted mechanism or
 * precondition, never mere lack of data; "confirmed" needs a mechanism that clearly moved in the window or a decisive
 * event, and nothing weighty against; facts and lifetime counters stop at "probable", and so does a general cause whose special ones nobody looked for.
 */
const rules: readonly { readonly verdict: HypothesisVerdict; readonly when: (grounds: Grounds) => boolean }[] = [
  { verdict: 'excluded', when: (g) => refuted(g) && !moved(g) && g.weight <= EXCLUDED_WEIGHT },
  {
    verdict: 'confirmed',
    when: (g) =>
      clearly(g) &&
      !contradicted(g) &&
      g.probability / (1 + (g.untested ?? 0)) >= CONFIRMED_PROBABILITY &&
      g.sufficient !== false,
  },
  { verdict: 'probable', when: (g) => supported(g) && g.probability >= PROBABLE_PROBABILITY },
  { verdict: 'untested', when: (g) => g.weighed.every(({ evidence }) => evidence.verdict === 'unknown') },
  { verdict: 'possible', when: () => true },
];

/** The verdict of one hypothesis. */
export function verdictOf(grounds: Grounds): HypothesisVerdict {
  return rules.find(({ when }) => when(grounds))!.verdict;
}

/** The verdict of the incident follows from its best hypothesis. */
export function incidentVerdict(best: {
  readonly cause: string;
  readonly verdict: HypothesisVerdict;
  readonly probability: Ratio;
  readonly benign: boolean;
}): IncidentVerdict {
  if (best.benign && best.probability >= PROBABLE_PROBABILITY) return 'benign';
  if (best.cause === 'unknown' || best.probability < 0.3) return 'inconclusive';
  if (best.verdict === 'confirmed' || best.verdict === 'probable') return best.verdict;
  return best.verdict === 'possible' ? 'possible' : 'inconclusive';
}

/** Whether a mechanism or a precondition was seen not to hold. */
export function refuted({ weighed }: Pick<Grounds, 'weighed'>): boolean {
  return weighed.some(
    ({ clue, evidence }) =>
      (clue.role === 'mechanism' || clue.role === 'precondition') && evidence.verdict === 'against',
  );
}

/** Whether a mechanism was seen to move in the window, or a decisive event to happen. */
export function moved({ weighed }: Pick<Grounds, 'weighed'>): boolean {
  return weighed.some(
    ({ clue, evidence }) => (clue.role === 'mechanism' || clue.role === 'decisive-event') && evidence.verdict === 'for',
  );
}

/** Chance of a movement that is believed: one in twenty, shared among the mechanisms of some fifty causes. */
const CLEAR = 0.001;
/** Evidence against, in decibans, with which nothing is confirmed. */
const CONTRADICTION = -8;

/** Whether a mechanism moved more than chance moves one of so many, or something decisive happened. */
function clearly({ weighed }: Grounds): boolean {
  return weighed.some(
    ({ clue, evidence: { verdict, observed } }) =>
      (clue.role === 'mechanism' || clue.role === 'decisive-event') && verdict === 'for' && (observed?.p ?? 0) <= CLEAR,
  );
}

/** Whether a mechanism or a precondition was seen not to hold, or anything weighty speaks, or seems to speak, against the cause. */
function contradicted(grounds: Grounds): boolean {
  return (
    refuted(grounds) ||
    grounds.weighed.some(
      ({ evidence, leaning = 0 }) =>
        leaning <= CONTRADICTION || (evidence.shadowed !== true && evidence.weight <= CONTRADICTION),
    )
  );
}

function supported({ weighed }: Grounds): boolean {
  return weighed.some(({ evidence }) => evidence.verdict === 'for');
}
