import { fisherExact } from '../stats/fisher.js';
import { kendall } from '../stats/kendall.js';
import type { Case } from '../types/case.js';
import type { PodRef, Scope } from '../types/diagnosis.js';
import type { IncidentWindow } from '../types/incident-window.js';
import type { Labels } from '../types/series.js';
import type { Track } from '../types/track.js';
import { clearOf } from './clear.js';
import { beginnings, hurtOf } from './hurt.js';
import { observe } from './observe.js';
import { openersOf } from './openers.js';
import { symptomOf, type Symptom } from './symptoms.js';
import { workloadOf } from '../workloads/pod-name.js';

/** Fewest pods a dose–response is tested on: with four, the smallest two-sided p is 0.083. */
const FEWEST_PODS = 4;
/** What a pod's load is measured by, best first. */
const DOSES = [
  'app.requests',
  'net.tcp.segments_in',
  'net.tcp.passive_opens',
  'net.interface.rx_bytes',
  'cpu.cgroup.usage',
  'memory.cgroup.rss',
];

/** Pods, by the names the dump uses for them; services that are called like a pod speak of it. */
export function podsOf(dump: Case): Map<string, PodRef> {
  const pods = new Map<string, PodRef>();
  for (const { labels } of [...dump.entities, ...dump.series]) {
    const pod = labels['pod'];
    if (pod === undefined) continue;
    const known = pods.get(pod);
    const ref: { node?: string; namespace?: string; pod: string } = { ...known, pod };
    if (labels['node'] !== undefined) ref.node ??= labels['node'];
    if (labels['namespace'] !== undefined) ref.namespace ??= labels['namespace'];
    pods.set(pod, ref);
  }
  return new Map([...pods].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Name of the pod that labels speak of: `pod`, or a `service` with the name of a pod or of its workload. */
export function podOf(labels: Labels, pods: ReadonlyMap<string, PodRef>): string | undefined {
  const { pod, service } = labels;
  if (pod !== undefined) return pods.has(pod) ? pod : undefined;
  if (service === undefined) return undefined;
  if (pods.has(service)) return service;
  const named = [...pods.keys()].filter((name) => name.startsWith(`${service}-`));
  return named.length === 1 ? named[0] : undefined;
}

/** Workload of each pod: as its entity says, else as its name tells. */
function workloadsOf(dump: Case): (pod: string) => string {
  const known = new Map<string, string>();
  for (const { type, labels } of dump.entities)
    if (type === 'pod' && labels['workload'] !== undefined) known.set(labels['pod']!, labels['workload']);
  return (pod) => known.get(pod) ?? workloadOf(pod);
}

/**
 * Who was hit in a window and who was spared, what tells them apart, and whether load explains the harm.
 * A pod is affected when a symptom of a size that matters was found on it within the window.
 */
export function scopeOf(dump: Case, tracks: readonly Track[], window: IncidentWindow): Scope {
  const pods = podsOf(dump);
  const { harm, node } = harmOf(dump, tracks, pods, window);
  const affected = [...pods.values()].filter(({ pod }) => harm.has(pod!));
  const spared = [...pods.values()].filter(({ pod }) => !harm.has(pod!));
  const workload = workloadsOf(dump);
  return {
    level: levelOf(affected, spared, node, workload),
    affected,
    spared,
    clear: clearOf(tracks, pods, affected, window),
    ...grounds(dump, tracks, pods, affected, window),
    label: bestLabel(affected, spared, workload),
    dose: doseOf(tracks, pods, harm, window),
  };
}

/** Rows that are named for a scope at most. */
const ROWS = 12;

/** Findings that say who was hit; of pods that were only looked at, their symptoms in the window. */
function grounds(
  dump: Case,
  tracks: readonly Track[],
  pods: ReadonlyMap<string, PodRef>,
  affected: readonly PodRef[],
  window: IncidentWindow,
): Pick<Scope, 'findings' | 'sources'> {
  const hit = new Set(affected.map(({ pod }) => pod));
  const own = window.findings.filter(
    (finding) =>
      hurtOf(finding, dump.span.from, undefined) !== null && (hit.size === 0 || hit.has(podOf(finding.labels, pods))),
  );
  const named = new Set(own.map(({ labels }) => podOf(labels, pods)));
  const others = tracks.filter(({ series: { labels, signal } }) => {
    const pod = podOf(labels, pods);
    return pod !== undefined && hit.has(pod) && !named.has(pod) && symptomOf(signal) !== undefined;
  });
  return {
    findings: own.map(({ id }) => id),
    sources: [...own.flatMap(({ sources }) => sources.slice(0, 1)), ...others.map(({ series }) => series.source)].slice(0, ROWS), // prettier-ignore
  };
}

/** What clients tell of a pod, whatever else it does. */
const FELT = new Set(['latency', 'failures']);

/**
 * Strength of the strongest symptom of each pod. Symptoms that may as well show on the peer of the one who is hurt speak
 * only where no pod has a symptom of its own, and those of pods that only call others where nobody they call has one.
 */
function harmOf(
  dump: Case,
  tracks: readonly Track[],
  pods: ReadonlyMap<string, PodRef>,
  window: IncidentWindow,
): { harm: Map<string, number>; node: boolean } {
  const [own, callers, mutual] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const openers = openersOf(tracks, (labels) => podOf(labels, pods));
  let node = false;
  const start = beginnings(dump);
  for (const finding of window.findings) {
    const hurt = hurtOf(finding, start(finding), undefined);
    if (hurt === null) continue;
    const pod = podOf(finding.labels, pods);
    if (pod === undefined) {
      node ||= finding.labels['pod'] === undefined && finding.labels['service'] === undefined;
      continue;
    }
    const harm = hurt.mutual ? mutual : openers.has(pod) && !FELT.has(hurt.family) ? callers : own;
    harm.set(pod, Math.max(harm.get(pod) ?? 0, finding.strength));
  }
  const harm = [own, callers].find(({ size }) => size > 0);
  if (harm === undefined) return { harm: mutual, node };
  for (const [pod, strength] of looked(tracks, pods, window, harm === callers ? new Set() : openers))
    if (!harm.has(pod)) harm.set(pod, strength);
  return { harm, node };
}

/**
 * Pods whose own symptoms rose in the window by a size that matters. Where to look is known by now, so that less is
 * needed than for a finding; one bad sample among several is still not enough.
 */
function looked(
  tracks: readonly Track[],
  pods: ReadonlyMap<string, PodRef>,
  window: IncidentWindow,
  openers: ReadonlySet<string>,
): Map<string, number> {
  const harm = new Map<string, number>();
  const span = { from: window.from - window.uncertainty, to: window.to + window.uncertainty };
  for (const track of tracks) {
    const { signal, labels } = track.series;
    const symptom = symptomOf(signal, labels['quantile']);
    const pod = podOf(labels, pods);
    if (symptom === undefined || pod === undefined || !ownOf(symptom, openers.has(pod))) continue;
    const seen = observe([track], span, { alpha: 0.001 });
    if (seen.state !== 'up' || seen.baseline === null) continue;
    const bar = Math.max(seen.baseline + symptom.least, symptom.ratio * seen.baseline);
    const bad = badTime(track, span, bar);
    if (bad.samples >= 2 || (bad.samples === 1 && track.step >= LONG && bad.of <= 3))
      harm.set(pod, Math.max(harm.get(pod) ?? 0, -Math.log10(Math.max(1e-300, seen.p ?? 1))));
  }
  return harm;
}

/** Whether a symptom speaks of the pod it shows on; of one that lives by calling others, only what its clients tell. */
function ownOf({ mutual, family }: Symptom, opener: boolean): boolean {
  return mutual !== true && (!opener || FELT.has(family));
}

/** A sample that stands for this long, ms, is more than a moment. */
const LONG = 5000;

/** How many of the samples in a span lie above a bar. */
function badTime(track: Track, span: { from: number; to: number }, bar: number): { samples: number; of: number } {
  let samples = 0;
  let of = 0;
  for (let i = 0; i < track.time.length; i++) {
    const t = track.time[i]!;
    if (t < span.from || t > span.to + track.step) continue;
    of++;
    if (track.value[i]! >= bar) samples++;
  }
  return { samples, of };
}

function levelOf(
  affected: readonly PodRef[],
  spared: readonly PodRef[],
  node: boolean,
  workloadOf: (pod: string) => string,
): Scope['level'] {
  if (affected.length === 0) return node ? 'node' : 'unknown';
  const nodes = new Set(affected.map((pod) => pod.node));
  const workloads = new Set(affected.map((pod) => workloadOf(pod.pod!)));
  const twins = spared.some((pod) => workloads.has(workloadOf(pod.pod!)));
  if (affected.length === 1) return 'pod';
  if (nodes.size > 1) return workloads.size === 1 && !twins ? 'workload' : 'cluster';
  return workloads.size === 1 && !twins && spared.length > 0 ? 'workload' : 'node';
}

/** The label value that best tells the affected from the spared. */
function bestLabel(
  affected: readonly PodRef[],
  spared: readonly PodRef[],
  workloadOf: (pod: string) => string,
): NonNullable<Scope['label']> | null {
  if (affected.length === 0 || spared.length === 0 || affected.length + spared.length < 3) return null;
  const candidates: { name: string; value: string; p: number }[] = [];
  const readers: readonly [string, (pod: PodRef) => string | undefined][] = [
    ['node', (pod) => pod.node],
    ['namespace', (pod) => pod.namespace],
    ['workload', (pod) => workloadOf(pod.pod ?? '')],
  ];
  for (const [name, read] of readers) {
    for (const value of new Set(affected.map(read))) {
      if (value === undefined || value === '') continue;
      const a = affected.filter((pod) => read(pod) === value).length;
      const c = spared.filter((pod) => read(pod) === value).length;
      candidates.push({ name, value, p: fisherExact(a, affected.length - a, c, spared.length - c) });
    }
  }
  return candidates.sort((x, y) => x.p - y.p)[0] ?? null;
}

/** Kendall's τ between the load of the pods before the window and their harm; null for too few pods or no variation. */
function doseOf(
  tracks: readonly Track[],
  pods: ReadonlyMap<string, PodRef>,
  harm: ReadonlyMap<string, number>,
  window: IncidentWindow,
): Scope['dose'] {
  if (pods.size < FEWEST_PODS) return null;
  for (const by of DOSES) {
    const load = new Map<string, number>();
    for (const track of tracks) {
      if (track.series.signal !== by) continue;
      const pod = podOf(track.series.labels, pods);
      const { baseline } = observe([track], window);
      if (pod !== undefined && baseline !== null) load.set(pod, baseline);
    }
    if (load.size < FEWEST_PODS) continue;
    const names = [...load.keys()].sort();
    const result = kendall(
      names.map((name) => load.get(name)!),
      names.map((name) => harm.get(name) ?? 0),
    );
    if (result !== null) return { by, ...result };
  }
  return null;
}
