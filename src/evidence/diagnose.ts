import { causes } from '../causes/all.js';
import type { Cause } from '../causes/cause.js';
import type { Hypothesis, Incident, RemedyAdvice } from '../types/diagnosis.js';
import type { Ratio } from '../types/units.js';
import { explainAway, untestedOdds } from './explain.js';
import { fitted } from './fitted.js';
import { gather, shadow, type Weighed } from './gather.js';
import { nextEvidence } from './next.js';
import { incidentVerdict, verdictOf } from './rank.js';
import { read } from './read.js';
import type { Scene } from './scene.js';
import { probabilities, UNKNOWN_WEIGHT, weightOf } from './weigh.js';

interface Judged {
  readonly cause: Cause | null;
  readonly hypothesis: Hypothesis;
  readonly tested: boolean;
}

/** One incident with all its hypotheses, best first; `unknown` is always among them. */
export function diagnose(scene: Scene, id: string): Incident {
  const readings = read(scene);
  const { judged, keystone } = judge(scene, readings);
  const best = judged[0]!;
  const { from, to, uncertainty } = scene.window;
  return {
    id,
    window: { from, to, uncertainty },
    verdict: incidentVerdict({ ...best.hypothesis, benign: best.cause?.benign === true }),
    scope: scene.scope,
    hypotheses: judged.map(({ hypothesis }) => hypothesis),
    readings,
    keystone,
    next: nextEvidence(
      judged.map(({ cause, hypothesis, tested }) => ({ cause, probability: hypothesis.probability, tested })),
    ),
    remedies: remediesOf(judged),
    findings: scene.window.findings.map((finding) => finding.id),
  };
}

function judge(
  scene: Scene,
  readings: Incident['readings'],
): { readonly judged: readonly Judged[]; readonly keystone: Incident['keystone'] } {
  const gathered = causes.map((cause) => gather(cause, scene, readings));
  const weighed = explainAway(causes, gathered);
  const chances = chancesOf(weighed);
  const untested = untestedOdds(causes, gathered);
  const judged = causes.map((cause, index) =>
    toJudged(cause, weighed[index]!, chances[index]!, untested.get(cause.id) ?? 0),
  );
  judged.push({ cause: null, tested: true, hypothesis: unknown(chances.at(-1)!) });
  judged.sort(
    (a, b) => b.hypothesis.probability - a.hypothesis.probability || (a.hypothesis.cause < b.hypothesis.cause ? -1 : 1),
  );
  const leader = causes.findIndex((cause) => cause === judged[0]!.cause);
  return { judged, keystone: leader < 0 ? null : keystoneOf(leader, gathered) };
}

/** The clue of the leading cause without which it would be least likely; others of its group stand in for it. */
function keystoneOf(leader: number, gathered: readonly (readonly Weighed[])[]): Incident['keystone'] {
  let keystone: Incident['keystone'] = null;
  for (const { clue, evidence } of gathered[leader]!) {
    if (evidence.verdict !== 'for' || evidence.shadowed === true) continue;
    const rest = shadow(gathered[leader]!.filter((entry) => entry.clue !== clue));
    const others = explainAway(
      causes,
      gathered.map((weighed, i) => (i === leader ? rest : weighed)),
    );
    const chances = chancesOf(others);
    const without = chances[leader]!;
    if (keystone !== null && without >= keystone.without) continue;
    const first = chances.indexOf(Math.max(...chances));
    keystone = { cause: causes[leader]!.id, clue: clue.id, without, leader: causes[first]?.id ?? 'unknown' };
  }
  return keystone;
}

/** Probabilities of the causes, and of "unknown" behind them. */
function chancesOf(weighed: readonly (readonly Weighed[])[]): readonly Ratio[] {
  const weights = causes.map((cause, index) => weightOf(cause, weighed[index]!));
  return probabilities([...weights, UNKNOWN_WEIGHT], fitted.temperature);
}

function toJudged(cause: Cause, weighed: readonly Weighed[], probability: number, untested: number): Judged {
  const weight = weightOf(cause, weighed);
  const sufficient = sufficiency(weighed);
  const known = weighed.filter(({ evidence }) => evidence.verdict !== 'unknown').length;
  const mechanisms = weighed.filter(({ clue }) => clue.role === 'mechanism');
  return {
    cause,
    // one part of a mechanism may be seen and another, that would settle it, not collected
    tested: mechanisms.length > 0 && mechanisms.every(({ evidence }) => evidence.verdict !== 'unknown'),
    hypothesis: {
      cause: cause.id,
      probability,
      weight,
      verdict: verdictOf({ probability, weight, weighed, sufficient, untested }),
      coverage: known / weighed.length,
      sufficient,
      ...(sufficient !== null && { sufficiency: sufficiencyClues(weighed) }),
      evidence: weighed.map(({ evidence }) => evidence),
    },
  };
}

function unknown(probability: number): Hypothesis {
  return {
    cause: 'unknown',
    probability,
    weight: UNKNOWN_WEIGHT,
    verdict: 'possible',
    coverage: 1,
    sufficient: null,
    evidence: [],
  };
}

function sufficiencyClues(weighed: readonly Weighed[]): readonly string[] {
  return weighed.flatMap(({ clue, evidence }) =>
    clue.expect.kind === 'sufficient' && evidence.verdict !== 'unknown' ? [clue.id] : [],
  );
}

/** Whether the sufficiency clues hold: false as soon as one is refuted, null when none can be told. */
function sufficiency(weighed: readonly Weighed[]): boolean | null {
  const told = weighed.filter(
    ({ clue, evidence }) => clue.expect.kind === 'sufficient' && evidence.verdict !== 'unknown',
  );
  return told.length === 0 ? null : told.every(({ evidence }) => evidence.verdict === 'for');
}

/** Remedies of the causes that remain, the likeliest first. */
function remediesOf(judged: readonly Judged[]): readonly RemedyAdvice[] {
  return judged
    .filter(
      ({ cause, hypothesis }) =>
        cause !== null &&
        (hypothesis.verdict === 'confirmed' || hypothesis.verdict === 'probable' || hypothesis.probability >= 0.2),
    )
    .filter(({ hypothesis }) => hypothesis.verdict !== 'excluded')
    .flatMap(({ cause }) =>
      cause!.remedies.map((remedy) => ({
        cause: cause!.id,
        id: remedy.id,
        do: remedy.do,
        command: remedy.command,
        verify: remedy.verify,
      })),
    );
}
