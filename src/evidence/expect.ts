import type { Expectation, Where } from '../causes/cause.js';
import { DENSE, sampled, unseenBetween } from '../incidents/limits.js';
import { totalOver } from '../incidents/observe.js';
import { split } from '../incidents/views.js';
import { readingRules } from '../readings/all.js';
import type { ReadingRule } from '../readings/reading.js';
import type { Reading } from '../types/diagnosis.js';
import type { Finding } from '../types/finding.js';
import type { Fact, Labels } from '../types/series.js';
import type { Track } from '../types/track.js';
import { each, highestIn, look } from './look.js';
import { changed, stayed } from './moved.js';
import { told, untold, type Outcome } from './outcome.js';
import { allMaybeHit, factsAt, sameEntity, samePod, tracksAt, type Scene } from './scene.js';
import { cpuShare, partOf } from './share.js';

type Kind = Expectation['kind'];
type Of<K extends Kind> = Extract<Expectation, { readonly kind: K }>;

const MAX_SOURCES = 6;
/** A pause is shorter than a few coarse steps, and a few series that miss samples are no silence. */
const MAX_SILENCE_STEP = 1000;
const LEAST_SILENT = 8;
/** How many times as high a level that is far from its limit would have to rise at least. */
const FAR = 2;
/** Chance at which more may have been there between the instants that were seen. */
const MISSED = 0.05;
/** One function per kind of expectation; the only place where expectations are interpreted. */
const evaluators: { readonly [K in Kind]: (expected: Of<K>, scene: Scene, readings: readonly Reading[]) => Outcome } = {
  change: (expected, scene) => changed(expected, scene),
  flat: (expected, scene) => stayed(expected, scene),
  saturates: (expected, scene) => saturation(expected, scene),
  fact: (expected, scene) => {
    const facts = factsAt(scene, expected.fact, expected.where);
    if (facts.length === 0) return untold(expected.fact);
    const holds = facts.some((fact) => factHolds(fact, expected));
    return {
      ...untold(expected.fact, []),
      verdict: holds ? 'seen' : 'absent',
      labels: facts[0]!.labels,
      sources: facts.slice(0, MAX_SOURCES).map((fact) => fact.source),
      facts: told(facts),
    };
  },
  event: ({ event, within, where }, scene) => {
    const { from, to } = scene.window;
    const hits = scene.case.events.filter(
      (e) => e.kind === event && e.time >= from - within && e.time <= to + within && concerns(e.labels, scene, where),
    );
    if (hits.length === 0) return untold(event);
    return {
      ...untold(event, []),
      verdict: 'seen',
      labels: hits[0]!.labels,
      sources: hits.slice(0, MAX_SOURCES).map((e) => e.source),
    };
  },
  compensation: ({ signal, where }, scene) => {
    const tracks = tracksAt(scene, signal, where);
    const keys = new Set(tracks.map((track) => track.series.key));
    const found = scene.window.findings.filter((f) => f.pattern === 'compensation' && keys.has(f.series));
    // a plunge shorter than the step is invisible, so its absence tells nothing
    if (found.length === 0) {
      const sources = look(scene, signal, where)?.sources ?? [];
      return { ...untold(signal, tracks.length === 0 ? [signal] : []), sources };
    }
    return {
      ...(look(scene, signal, where) ?? untold(signal)),
      verdict: 'seen',
      findings: found.map((f) => f.id),
      missing: [],
    };
  },
  gap: (_expected, scene) => silence(scene),
  sufficient: ({ signal, where, share }, scene) => {
    const tracks = tracksAt(scene, signal, where);
    if (tracks.length === 0) return untold(signal);
    const totals = tracks.map((track) => totalOver(track, scene.window)).filter((total) => total !== null);
    if (totals.length === 0) return untold(signal, []);
    const need = (share * (scene.window.to - scene.window.from)) / 1000;
    const seen = look(scene, signal, where) ?? untold(signal);
    const enough = totals.some(({ excess }) => excess >= need);
    const maybe = totals.some(({ excess, uncertainty }) => excess + uncertainty >= need);
    return { ...seen, verdict: enough ? 'seen' : maybe ? 'unknown' : 'absent', missing: [] };
  },
  leads: ({ signal, symptom, where }, scene) => {
    const first = onset(scene, signal, where);
    const second = onset(scene, symptom, 'affected');
    if (!first || !second) return untold(signal, [first ? symptom : signal]);
    const gap = second.from - first.from;
    const blur = Math.max(first.uncertainty, second.uncertainty);
    // a weak beginning is seen late: what came first must come first by more than either may have been missed for
    const late = first.uncertainty + second.uncertainty + tailOf(scene, first) + tailOf(scene, second);
    const seen = look(scene, signal, where) ?? untold(signal);
    const verdict = gap > blur ? 'seen' : gap < -late ? 'absent' : 'unknown';
    return { ...seen, verdict, findings: [first.id, second.id], missing: [] };
  },
  'cpu-share': (expected, scene) => cpuShare(expected, scene),
  part: (expected, scene) => partOf(expected, scene),
  scope: ({ is }, scene) => {
    const { affected, findings, sources } = scene.scope;
    return {
      ...untold('scope', affected.length === 0 ? ['scope'] : []),
      verdict: scopeIs(is, scene),
      findings,
      sources,
    };
  },
  lifetime: ({ signal, where }, scene) => {
    const facts = factsAt(scene, `total.${signal}`, where);
    const tracks = tracksAt(scene, signal, where);
    const grew = tracks.find((track) => track.count?.some((n) => n > 0));
    if (facts.length === 0 && tracks.length === 0) return untold(signal);
    const positive = facts.filter((fact) => Number(fact.value) > 0);
    const seen = positive.length > 0 || grew !== undefined;
    const rows = seen ? [...positive.map((fact) => fact.source), ...(grew ? [grew.series.source] : [])] : [...facts.map((fact) => fact.source), ...tracks.map(({ series }) => series.source)]; // prettier-ignore
    const sources = rows.slice(0, MAX_SOURCES);
    return { ...untold(signal, []), verdict: seen ? 'seen' : 'unknown', sources, facts: told(seen ? positive : facts) };
  },
  reading: ({ reading }, scene, readings) => {
    const found = readings.find((r) => r.id === reading);
    if (!found) return untold(`reading.${reading}`);
    if (found.verdict === 'unknown') {
      const missing = found.sources.length === 0 ? found.signals : [];
      return { ...untold(`reading.${reading}`, missing), findings: found.findings, sources: found.sources };
    }
    return {
      ...untold(`reading.${reading}`, []),
      verdict: found.verdict === 'for' ? 'seen' : 'absent',
      faint: found.verdict === 'for' && faintly(reading, scene),
      findings: found.findings,
      sources: found.sources,
    };
  },
};

/** Kinds that are refuted by what the affected did not do; the others may have done it. */
const WITH_OTHERS: ReadonlySet<Kind> = new Set(['change', 'saturates', 'sufficient', 'fact', 'cpu-share', 'part']);

/** Tests one expectation against an incident. `readings` are those already drawn; readings themselves pass none. */
export function evaluate(expected: Expectation, scene: Scene, readings: readonly Reading[]): Outcome {
  const evaluator = evaluators[expected.kind] as (e: Expectation, s: Scene, r: readonly Reading[]) => Outcome;
  const outcome = evaluator(expected, scene, readings);
  if (outcome.verdict !== 'absent' || !WITH_OTHERS.has(expected.kind)) return outcome;
  // who was hit is seen the worse the fewer samples there are: that nothing was there must not hang on it
  const wide = allMaybeHit(scene);
  return wide === scene || evaluator(expected, wide, readings).verdict === 'absent'
    ? outcome
    : { ...outcome, verdict: 'unknown' };
}

/** Whether a reading rests on movements alone that another sampling might not show. */
function faintly(reading: string, scene: Scene): boolean {
  const rule: ReadingRule | undefined = readingRules.find(({ id }) => id === reading);
  const faint = (expected: Expectation): boolean => evaluate(expected, scene, []).faint === true;
  const seen = (rule?.any ?? []).filter((expected) => evaluate(expected, scene, []).verdict === 'seen');
  return (rule?.all ?? []).some(faint) || (seen.length > 0 && seen.every(faint));
}

/** Whether the nodes of the affected as a whole fell silent; seen from series fine enough to show it. */
function silence({ scope, tracks, findings, window }: Scene): Outcome {
  const nodes = nodesOf(scope.affected);
  const own = [...tracks.values()].flat().filter(({ step, series: { labels } }) => {
    return step > 0 && step <= MAX_SILENCE_STEP && labels['node'] !== undefined && nodes.has(labels['node']);
  });
  if (own.length < LEAST_SILENT) return untold('gap', own.length === 0 ? ['gap'] : []);
  const keys = new Set(own.map(({ series }) => series.key));
  const gaps = findings.filter(
    (f) => f.pattern === 'gap' && keys.has(f.series) && f.from <= window.to && f.to >= window.from,
  );
  const share = new Set(gaps.map((f) => f.series)).size / own.length;
  return {
    ...untold('gap', []),
    verdict: share >= 0.5 ? 'seen' : share < 0.1 ? 'absent' : 'unknown',
    findings: gaps.slice(0, MAX_SOURCES).map((f) => f.id),
    sources:
      gaps.length > 0
        ? gaps.slice(0, MAX_SOURCES).flatMap((f) => f.sources.slice(0, 1))
        : own.slice(0, MAX_SOURCES).map((track) => track.series.source),
  };
}

function saturation(expected: Of<'saturates'>, scene: Scene): Outcome {
  const { signal, limit, ratio, where } = expected;
  const tracks = tracksAt(scene, signal, where);
  if (tracks.length === 0) return untold(signal);
  const fills = tracks.flatMap((track, i) => {
    const bound = limitOf(limit, scene, track, where);
    const highest = highestIn(track, scene);
    if (bound === null) return [];
    // who was not looked at in the window may have been there, unless another series of the same tells
    if (!Number.isFinite(highest)) return seenElsewhere(track, tracks, scene) ? [] : [{ reached: false, missed: true }];
    const { state, baseline, limits } = each(scene, signal, where)[i]!.observed;
    const most = baseline === null ? Infinity : Math.max(highest, baseline + (limits?.high ?? Infinity));
    // what was seen far below its limit does not reach it between two looks, if there were enough of them
    const instants = sampled(track) ? split(track, scene.window, {}).inside.length : Infinity;
    const unseen = instants === Infinity ? 1 : instants < DENSE ? Infinity : unseenBetween(instants, MISSED);
    const far = state !== 'blind' && highest * Math.max(FAR, unseen) < ratio * bound;
    return [{ reached: highest >= ratio * bound, missed: !far && most >= ratio * bound }];
  });
  if (fills.length === 0)
    return untold(signal, typeof limit === 'string' ? [limit] : 'fact' in limit ? [limit.fact] : []);
  const seen = look(scene, signal, where) ?? untold(signal);
  const verdict = fills.some(({ reached }) => reached) ? 'seen' : fills.some(({ missed }) => missed) ? 'unknown' : 'absent'; // prettier-ignore
  return { ...seen, verdict, missing: [] };
}

function seenElsewhere({ series }: Track, tracks: readonly Track[], scene: Scene): boolean {
  return tracks.some(
    (other) => sameEntity(series.labels, other.series.labels) && Number.isFinite(highestIn(other, scene)),
  );
}

/** The lowest limit that holds for the entity of a series: its own before that of its node or of nobody in particular. */
function limitOf(limit: Of<'saturates'>['limit'], scene: Scene, track: Track, where: Where): number | null {
  if (typeof limit !== 'string' && 'level' in limit) return limit.level;
  const limits: readonly { readonly labels: Labels; readonly values: readonly number[] }[] =
    typeof limit === 'string'
      ? tracksAt(scene, limit, where).map((one) => ({ labels: one.series.labels, values: [...one.value] }))
      : factsAt(scene, limit.fact, where).map((fact) => ({ labels: fact.labels, values: [Number(fact.value)] }));
  const { pod } = track.series.labels as { readonly pod?: string };
  const own = limits.filter(({ labels }) => pod !== undefined && labels['pod'] === pod);
  const general = limits.filter(({ labels }) => labels['pod'] === undefined);
  const values = (own.length > 0 ? own : general)
    .flatMap((one) => one.values)
    .filter((value) => Number.isFinite(value));
  return values.length === 0 ? null : values.reduce((low, value) => Math.min(low, value), Infinity);
}

/** Whether an event speaks of whom a clue looks at; what it does not name speaks not against it. */
function concerns({ pod, node, ...labels }: Labels, { scope: { affected, spared } }: Scene, where: Where): boolean {
  if (where === 'any' || affected.length === 0) return true;
  const pods = where === 'spared' ? spared : affected;
  if (pod !== undefined && where !== 'node') return pods.some((one) => samePod({ pod, ...labels }, one));
  const nodes = nodesOf(pods);
  return node === undefined || nodes.size === 0 || nodes.has(node);
}

function factHolds(fact: Fact, { equals, above, below }: Of<'fact'>): boolean {
  if (equals !== undefined && String(fact.value) !== String(equals)) return false;
  if (above !== undefined && !(Number(fact.value) > above)) return false;
  return below === undefined || Number(fact.value) < below;
}

/** How far behind the events the samples of a finding may lie. */
function tailOf({ tracks }: Scene, { signal, series }: Finding): number {
  const track = tracks.get(signal)?.find((one) => one.series.key === series);
  return track === undefined ? 0 : Math.max(track.step, track.series.window ?? 0);
}

function onset(scene: Scene, signal: string, where: Where): Finding | undefined {
  const keys = new Set(tracksAt(scene, signal, where).map((track) => track.series.key));
  return scene.window.findings
    .filter((f) => keys.has(f.series) && (f.pattern === 'burst' || f.pattern === 'dip' || f.pattern === 'level-shift'))
    .reduce<Finding | undefined>((first, f) => (first === undefined || f.from < first.from ? f : first), undefined);
}

function scopeIs(
  is: Of<'scope'>['is'],
  { scope: { affected, spared, clear = [], level, dose } }: Scene,
): Outcome['verdict'] {
  if (affected.length === 0) return 'unknown';
  const hit = nodesOf(affected).size;
  const all = nodesOf([...affected, ...spared]).size;
  const judged = (known: boolean, holds: boolean): Outcome['verdict'] =>
    !known ? 'unknown' : holds ? 'seen' : 'absent';
  const verdicts: Readonly<Record<typeof is, () => Outcome['verdict']>> = {
    'one-pod': () => judged(affected.length + spared.length > 1, affected.length === 1),
    'all-pods': () =>
      judged(affected.length + spared.length > 1 && (spared.length === 0 || clear.length > 0), spared.length === 0),
    'one-node': () => judged(hit > 0 && all > 1, hit === 1),
    'several-nodes': () => judged(all > 1, hit > 1),
    'one-workload': () => (level === 'workload' ? 'seen' : 'unknown'),
    dose: () => (dose !== null && dose.p < 0.05 && dose.tau > 0 ? 'seen' : 'unknown'),
  };
  return verdicts[is]();
}

function nodesOf(pods: readonly { readonly node?: string }[]): ReadonlySet<string> {
  return new Set(pods.map((pod) => pod.node).filter((node) => node !== undefined));
}
