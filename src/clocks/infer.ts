import type { ClockEvidence } from '../types/case.js';
import type { Milliseconds } from '../types/units.js';
import {
  addAgreement,
  agreement,
  compatible,
  noAgreement,
  sameMaking,
  type Agreement,
  type Profile,
} from './profile.js';
import { CHANGING, fixedZone, stretches, zoneOf, type Zone } from './zone.js';

const QUARTER = 900_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** Series of one file that are compared, and sources each of them is compared with. */
const MAX_SERIES = 24;
const MAX_OTHERS = 4;

/** Profiles of sources whose clock is known, by signal. */
export type KnownProfiles = ReadonlyMap<string, readonly Profile[]>;

/** Agreement under each zone that lets a file overlap with what is known; keys are zone names. */
export interface Trial {
  readonly zones: ReadonlyMap<string, Zone>;
  readonly scores: Map<string, Agreement>;
}

/** Zones worth trying for local times in a span: every quarter of an hour from −12 to +14, and zones that change in it. */
export function candidateZones(from: Milliseconds, to: Milliseconds, known: { from: number; to: number }): Zone[] {
  const zones: Zone[] = [];
  for (let offset = -12 * HOUR; offset <= 14 * HOUR; offset += QUARTER)
    if (from - offset <= known.to && to - offset >= known.from) zones.push(fixedZone(offset));
  for (const name of CHANGING) {
    const parts = stretches(name, from - DAY, to + DAY);
    const inside = parts.some((part) => part.from + part.offset > from && part.from + part.offset < to);
    if (inside) zones.push(zoneOf(name)!);
  }
  return zones;
}

/** Compares the series of one file with those of known clock under every candidate zone. */
export function tryZones(
  profiles: readonly Profile[],
  known: KnownProfiles,
  zones: readonly Zone[],
  folds: readonly Milliseconds[],
): Trial {
  const used = profiles.slice(0, MAX_SERIES).map((local) => {
    const others = (known.get(local.signal) ?? []).filter((other) => compatible(local.labels, other.labels));
    // numbers of the same making first: only they can be equal
    others.sort((a, b) => Number(sameMaking(local, b)) - Number(sameMaking(local, a)));
    return { local, others: others.slice(0, MAX_OTHERS) };
  });
  const scores = new Map<string, Agreement>();
  for (const zone of zones) {
    const sum = noAgreement();
    for (const { local, others } of used) {
      const times = zone.toUtc(local.time, folds);
      // of several sources of one signal the one that fits best: the others may be read at other instants
      const best = others.map((other) => agreement(local, times, other)).sort((a, b) => worth(b) - worth(a))[0];
      if (best !== undefined) addAgreement(sum, best);
    }
    if (sum.pairs > 0) scores.set(zone.name, sum);
  }
  return { zones: new Map(zones.map((zone) => [zone.name, zone])), scores };
}

function worth({ compared, equal, weight, correlated }: Agreement): number {
  return (compared === 0 ? 0 : equal / compared) + (weight === 0 ? 0 : correlated / weight);
}

/** Adds what one file has shown to what others of its kind have. */
export function addTrial(sum: Trial, more: Trial): Trial {
  const scores = new Map([...sum.scores].map(([name, score]) => [name, { ...score }] as const));
  for (const [name, score] of more.scores) {
    const before = scores.get(name);
    if (before === undefined) scores.set(name, { ...score });
    else addAgreement(before, score);
  }
  return { zones: new Map([...sum.zones, ...more.zones]), scores };
}

interface Ranked {
  readonly name: string;
  readonly score: Agreement;
  /** Share of informative samples that are equal; 0 when none could be compared. */
  readonly equal: number;
  readonly r: number;
}

/** What must hold before a zone is believed. */
const ENOUGH = { equal: 0.8, compared: 8, margin: 0.25, r: 0.7, samples: 30, between: 0.2 };

/** The zone that a trial decides for, with its evidence; null when it does not decide. */
export function decide(trial: Trial): { readonly zone: Zone; readonly evidence: ClockEvidence } | null {
  const ranked = rank(trial);
  const best = ranked[0];
  if (best === undefined) return null;
  const next = ranked.find((one) => one !== best && !sameTimes(one, best));
  const exact =
    best.score.compared >= ENOUGH.compared &&
    best.equal >= ENOUGH.equal &&
    best.equal - (next?.equal ?? 0) >= ENOUGH.margin;
  const alike = best.score.weight >= ENOUGH.samples && best.r >= ENOUGH.r && best.r - (next?.r ?? 0) >= ENOUGH.between;
  if (!exact && !alike) return null;
  return { zone: trial.zones.get(best.name)!, evidence: evidenceOf(best, next) };
}

function rank({ scores }: Trial): Ranked[] {
  return [...scores]
    .map(([name, score]): Ranked => ({
      name,
      score,
      equal: score.compared === 0 ? 0 : score.equal / score.compared,
      r: score.weight === 0 ? 0 : score.correlated / score.weight,
    }))
    .sort((a, b) => b.equal * weightOf(b) + b.r - (a.equal * weightOf(a) + a.r) || (a.name < b.name ? -1 : 1));
}

function evidenceOf(best: Ranked, next: Ranked | undefined): ClockEvidence {
  const runnerUp = next && {
    zone: next.name,
    ...(next.score.compared > 0 && { equal: round(next.equal) }),
    ...(next.score.weight > 0 && { correlation: round(next.r) }),
  };
  return {
    series: best.score.pairs,
    ...(best.score.compared > 0 && { compared: best.score.compared, equal: best.score.equal }),
    ...(best.score.weight > 0 && { correlation: round(best.r) }),
    ...(runnerUp && { runnerUp }),
  };
}

function weightOf({ score }: Ranked): number {
  return Math.min(1, score.compared / ENOUGH.compared);
}

/** A changing zone and a constant offset that give the same instants are no rivals. */
function sameTimes(a: Ranked, b: Ranked): boolean {
  return a.score.equal === b.score.equal && a.score.compared === b.score.compared && a.score.pairs === b.score.pairs && a.r === b.r; // prettier-ignore
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
