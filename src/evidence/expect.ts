import type { Expectation } from '../causes/cause.js';
import { observe, totalOver } from '../incidents/observe.js';
import { sourceAt } from '../series/provenance.js';
import type { Observed, Reading } from '../types/diagnosis.js';
import type { Finding } from '../types/finding.js';
import type { Fact, Labels, Source } from '../types/series.js';
import type { Track } from '../types/track.js';
import { untold, type Outcome } from './outcome.js';
import { factsAt, tracksAt, type Scene } from './scene.js';

type Kind = Expectation['kind'];
type Of<K extends Kind> = Extract<Expectation, { readonly kind: K }>;

const MAX_SOURCES = 6;

const opposite = { up: 'down', down: 'up' } as const;

/** One function per kind of expectation; the only place where expectations are interpreted. */
const evaluators: { readonly [K in Kind]: (expected: Of<K>, scene: Scene, readings: readonly Reading[]) => Outcome } = {
  change: ({ signal, where, direction, atLeast, atLeastRatio }, scene) => {
    const seen = look(scene, signal, where);
    if (seen === null) return untold(signal);
    const { observed } = seen;
    const need = predicted(observed, atLeast, atLeastRatio);
    const moved = observed.state === direction && Math.abs(observed.change) >= (need ?? 0);
    if (moved) return { ...seen, verdict: 'seen' };
    if (observed.state === opposite[direction]) return { ...seen, verdict: 'absent' };
    return { ...seen, verdict: couldHaveShown(observed, need) ? 'absent' : 'unknown' };
  },
  flat: ({ signal, where, atMost, atMostRatio }, scene) => {
    const seen = look(scene, signal, where);
    if (seen === null) return untold(signal);
    const { observed } = seen;
    const slack = predicted(observed, atMost, atMostRatio);
    if (observed.state === 'blind' || observed.state === 'absent') return seen;
    // the upper 95 % limit of the change lies half a smallest detectable change above it
    const highest = observed.change + (observed.mde ?? 0) / 2;
    if (observed.state === 'up') return { ...seen, verdict: observed.change > (slack ?? 0) ? 'absent' : 'seen' };
    return { ...seen, verdict: slack === undefined || highest <= slack ? 'seen' : 'unknown' };
  },
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
    };
  },
  event: ({ event, within }, scene) => {
    const { from, to } = scene.window;
    const hits = scene.case.events.filter((e) => e.kind === event && e.time >= from - within && e.time <= to + within);
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
    if (found.length === 0) return untold(signal, tracks.length === 0 ? [signal] : []);
    return {
      ...(look(scene, signal, where) ?? untold(signal)),
      verdict: 'seen',
      findings: found.map((f) => f.id),
      missing: [],
    };
  },
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
    const seen = look(scene, signal, where) ?? untold(signal);
    const verdict = gap > blur ? 'seen' : gap < -blur ? 'absent' : 'unknown';
    return { ...seen, verdict, findings: [first.id, second.id], missing: [] };
  },
  scope: ({ is }, scene) => ({ ...untold('scope', []), verdict: scopeIs(is, scene) }),
  lifetime: ({ signal, where }, scene) => {
    const facts = factsAt(scene, `total.${signal}`, where);
    const tracks = tracksAt(scene, signal, where);
    const grew = tracks.find((track) => track.count?.some((n) => n > 0));
    if (facts.length === 0 && tracks.length === 0) return untold(signal);
    const positive = facts.filter((fact) => Number(fact.value) > 0);
    const sources = [...positive.map((fact) => fact.source), ...(grew ? [grew.series.source] : [])].slice(
      0,
      MAX_SOURCES,
    );
    return { ...untold(signal, []), verdict: sources.length > 0 ? 'seen' : 'unknown', sources };
  },
  reading: ({ reading }, _scene, readings) => {
    const found = readings.find((r) => r.id === reading);
    if (!found || found.verdict === 'unknown') return untold(`reading.${reading}`, []);
    return {
      ...untold(`reading.${reading}`, []),
      verdict: found.verdict === 'for' ? 'seen' : 'absent',
      findings: found.findings,
      sources: found.sources,
    };
  },
};

/** Tests one expectation against an incident. `readings` are those already drawn; readings themselves pass none. */
export function evaluate(expected: Expectation, scene: Scene, readings: readonly Reading[]): Outcome {
  const evaluator = evaluators[expected.kind] as (e: Expectation, s: Scene, r: readonly Reading[]) => Outcome;
  return evaluator(expected, scene, readings);
}

/** The smallest change an expectation predicts, in the unit of the signal; undefined when any change would do. */
function predicted(observed: Observed, absolute?: number, ratio?: number): number | undefined {
  const relative = ratio === undefined || observed.baseline === null ? undefined : ratio * Math.abs(observed.baseline);
  if (absolute === undefined) return relative;
  return relative === undefined ? absolute : Math.max(absolute, relative);
}

/**
 * Whether the data would have shown a change as large as predicted, had there been one. Without a predicted size
 * only an observed-flat signal counts; with one, the minimum detectable effect must be below it and the change seen
 * must fall short of it.
 */
function couldHaveShown(observed: Observed, need: number | undefined): boolean {
  if (observed.state === 'blind' || observed.state === 'absent' || observed.mde === null) return false;
  if (need === undefined) return true;
  return observed.mde <= need;
}

interface Look extends Outcome {
  readonly observed: Observed;
}

function look(scene: Scene, signal: string, where: Of<'change'>['where']): Look | null {
  const tracks = tracksAt(scene, signal, where);
  if (tracks.length === 0) return null;
  const observed = observe(tracks, scene.window, { exclude: scene.windows });
  const keys = new Set(tracks.map((track) => track.series.key));
  const findings = scene.window.findings.filter((f) => keys.has(f.series)).map((f) => f.id);
  return {
    verdict: 'unknown',
    signal,
    labels: shared(tracks),
    observed,
    findings,
    sources: sourcesIn(tracks, scene),
    missing: [],
  };
}

/** Labels that all tracks agree on. */
function shared(tracks: readonly Track[]): Labels {
  const [first, ...rest] = tracks;
  const entries = Object.entries(first?.series.labels ?? {});
  return Object.fromEntries(
    entries.filter(([name, value]) => rest.every((track) => track.series.labels[name] === value)),
  );
}

function sourcesIn(tracks: readonly Track[], { window }: Scene): readonly Source[] {
  return tracks.slice(0, MAX_SOURCES).map((track) => {
    let best = -1;
    for (let i = 0; i < track.time.length; i++) {
      const time = track.time[i]!;
      if (time < window.from || time > window.to + track.step || Number.isNaN(track.value[i]!)) continue;
      if (best < 0 || track.value[i]! > track.value[best]!) best = i;
    }
    return best < 0 ? track.series.source : sourceAt(track.series, best);
  });
}

function saturation(expected: Of<'saturates'>, scene: Scene): Outcome {
  const { signal, limit, ratio, where } = expected;
  const tracks = tracksAt(scene, signal, where);
  if (tracks.length === 0) return untold(signal);
  const bound = limitOf(limit, scene, where);
  if (bound === null) return untold(signal, [typeof limit === 'string' ? limit : limit.fact]);
  const highest = Math.max(...tracks.map((track) => highestIn(track, scene)));
  if (!Number.isFinite(highest)) return untold(signal, []);
  const seen = look(scene, signal, where) ?? untold(signal);
  return { ...seen, verdict: highest >= ratio * bound ? 'seen' : 'absent', missing: [] };
}

function limitOf(limit: Of<'saturates'>['limit'], scene: Scene, where: Of<'saturates'>['where']): number | null {
  const values =
    typeof limit === 'string'
      ? tracksAt(scene, limit, where).flatMap((track) => [...track.value].filter((value) => !Number.isNaN(value)))
      : factsAt(scene, limit.fact, where)
          .map((fact) => Number(fact.value))
          .filter((value) => Number.isFinite(value));
  return values.length === 0 ? null : values.reduce((low, value) => Math.min(low, value), Infinity);
}

function highestIn(track: Track, { window }: Scene): number {
  let high = -Infinity;
  for (let i = 0; i < track.time.length; i++) {
    const time = track.time[i]!;
    if (time >= window.from && time <= window.to + track.step && track.value[i]! > high) high = track.value[i]!;
  }
  return high;
}

function factHolds(fact: Fact, { equals, above, below }: Of<'fact'>): boolean {
  if (equals !== undefined && String(fact.value) !== String(equals)) return false;
  if (above !== undefined && !(Number(fact.value) > above)) return false;
  return below === undefined || Number(fact.value) < below;
}

function onset(scene: Scene, signal: string, where: Of<'leads'>['where']): Finding | undefined {
  const keys = new Set(tracksAt(scene, signal, where).map((track) => track.series.key));
  return scene.window.findings
    .filter((f) => keys.has(f.series) && (f.pattern === 'burst' || f.pattern === 'dip' || f.pattern === 'level-shift'))
    .reduce<Finding | undefined>((first, f) => (first === undefined || f.from < first.from ? f : first), undefined);
}

function scopeIs(is: Of<'scope'>['is'], { scope }: Scene): Outcome['verdict'] {
  const { affected, spared } = scope;
  if (affected.length === 0) return 'unknown';
  const nodes = new Set(affected.map((pod) => pod.node).filter((node) => node !== undefined));
  const known = affected.length + spared.length;
  switch (is) {
    case 'one-pod':
      return known < 2 ? 'unknown' : affected.length === 1 ? 'seen' : 'absent';
    case 'all-pods':
      return known < 2 ? 'unknown' : spared.length === 0 ? 'seen' : 'absent';
    case 'one-node':
      return nodes.size === 0
        ? 'unknown'
        : nodes.size > 1
          ? 'absent'
          : nodeCount(affected, spared) > 1
            ? 'seen'
            : 'unknown';
    case 'several-nodes':
      return nodes.size > 1 ? 'seen' : nodeCount(affected, spared) > 1 ? 'absent' : 'unknown';
    case 'one-workload':
      return scope.level === 'workload' ? 'seen' : 'unknown';
    case 'dose':
      return scope.dose === null ? 'unknown' : scope.dose.p < 0.05 && scope.dose.tau > 0 ? 'seen' : 'unknown';
  }
}

function nodeCount(...groups: readonly (readonly { readonly node?: string }[])[]): number {
  return new Set(
    groups
      .flat()
      .map((pod) => pod.node)
      .filter((node) => node !== undefined),
  ).size;
}
