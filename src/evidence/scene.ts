import type { Case } from '../types/case.js';
import type { Scope } from '../types/diagnosis.js';
import type { Finding } from '../types/finding.js';
import type { IncidentWindow } from '../types/incident-window.js';
import type { Fact, Labels } from '../types/series.js';
import type { Track } from '../types/track.js';
import type { Where } from '../causes/cause.js';
import { openersOf } from '../incidents/openers.js';
import { podOf, podsOf } from '../incidents/scope.js';

/** One incident with everything that can be asked about it. */
export interface Scene {
  readonly case: Case;
  readonly window: IncidentWindow;
  readonly scope: Scope;
  /** Tracks by signal. */
  readonly tracks: ReadonlyMap<string, readonly Track[]>;
  /** All windows of the dump: samples inside another one are no reference. */
  readonly windows: readonly IncidentWindow[];
  /** All findings of the dump. */
  readonly findings: readonly Finding[];
}

/** Scenes in which all who may have been hit were. */
const widened = new WeakMap<Scene, Scene>();

/** The same incident if it had hit everybody who was not surely spared. */
export function allMaybeHit(scene: Scene): Scene {
  const { affected, spared, clear = [] } = scene.scope;
  const surely = new Set(clear.map(({ pod }) => pod));
  const maybe = spared.filter(({ pod }) => !surely.has(pod));
  if (affected.length === 0 || maybe.length === 0) return scene;
  const known = widened.get(scene);
  if (known !== undefined) return known;
  const scope: Scope = { ...scene.scope, affected: [...affected, ...maybe], spared: clear };
  const wide: Scene = { ...scene, scope };
  widened.set(scene, wide);
  return wide;
}

/** Tracks grouped by signal. */
export function bySignal(tracks: readonly Track[]): ReadonlyMap<string, readonly Track[]> {
  const groups = new Map<string, Track[]>();
  for (const track of tracks) {
    const group = groups.get(track.series.signal);
    if (group) group.push(track);
    else groups.set(track.series.signal, [track]);
  }
  return groups;
}

/**
 * The tracks of a signal that a clue looks at. `affected`: of the pods that were hit; where a signal exists only per
 * node, of their nodes. `node`: of the nodes of the affected, pods' own series left out. `spared`: of the other pods.
 * `openers`: of the pods that live by opening connections.
 */
export function tracksAt(scene: Scene, signal: string, where: Where): readonly Track[] {
  const all = scene.tracks.get(signal) ?? [];
  if (where === 'any') return all;
  if (where === 'openers') return all.filter(({ series }) => opensMany(scene, series.labels));
  const nodes = new Set(scene.scope.affected.map((pod) => pod.node).filter((node) => node !== undefined));
  const onNode = all.filter(
    ({ series: { labels } }) =>
      isNodeLevel(labels) && (nodes.size === 0 || labels['node'] === undefined || nodes.has(labels['node'])),
  );
  if (where === 'node') return onNode;
  const pods = where === 'affected' ? scene.scope.affected : scene.scope.spared;
  const own = all.filter(({ series: { labels } }) => pods.some((pod) => samePod(labels, pod)));
  if (where === 'affected' && own.length === 0)
    return all.some(({ series }) => !isNodeLevel(series.labels)) ? [] : onNode;
  return own;
}

const openers = new WeakMap<Scene, (labels: Labels) => boolean>();

function opensMany(scene: Scene, labels: Labels): boolean {
  let known = openers.get(scene);
  if (known === undefined) {
    const pods = podsOf(scene.case);
    const nameOf = (one: Labels): string | undefined => podOf(one, pods);
    const names = openersOf([...scene.tracks.values()].flat(), nameOf);
    known = (one) => names.has(nameOf(one) ?? '');
    openers.set(scene, known);
  }
  return known(labels);
}

/** Whether labels belong to this pod; labels that are not given on either side do not speak against it. */
export function samePod(
  labels: Labels,
  pod: { readonly node?: string; readonly namespace?: string; readonly pod?: string },
): boolean {
  if (pod.pod === undefined || labels['pod'] !== pod.pod) return false;
  return agrees(labels['namespace'], pod.namespace) && agrees(labels['node'], pod.node);
}

function agrees(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** Labels that name an entity; those of a place it is in may be left out. */
const NAMES = ['pod', 'service'];
const PLACES = ['namespace', 'node'];

/** Whether two series tell of the same entity, by labels that one source may give and another leave out. */
export function sameEntity(a: Labels, b: Labels): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const both = (key: string): boolean => Object.hasOwn(a, key) && Object.hasOwn(b, key);
  return NAMES.some(both) && [...keys].every((key) => (both(key) ? a[key] === b[key] : PLACES.includes(key)));
}

/** Of series of the same entity the finest one. */
export function oneEach(tracks: readonly Track[]): readonly Track[] {
  const known = new Map<string, Track[]>();
  for (const track of tracks) {
    const { labels } = track.series;
    const name = JSON.stringify(NAMES.map((key) => (Object.hasOwn(labels, key) ? labels[key] : null)));
    const alike = known.get(name) ?? [];
    const at = alike.findIndex(({ series }) => sameEntity(labels, series.labels));
    if (at < 0) alike.push(track);
    else if (reachOf(track) < reachOf(alike[at]!)) alike[at] = track;
    known.set(name, alike);
  }
  return [...known.values()].flat();
}

/** How much of the time a sample speaks of. */
function reachOf({ step, series }: Track): number {
  return Math.max(step, series.window ?? 0);
}

function isNodeLevel(labels: Labels): boolean {
  return labels['pod'] === undefined && labels['pid'] === undefined && labels['cgroup'] === undefined;
}

/** Facts of a name that speak of the affected pods, their nodes, or of no entity at all. */
export function factsAt(scene: Scene, name: string, where: Where): readonly Fact[] {
  const nodes = new Set(scene.scope.affected.map((pod) => pod.node).filter((node) => node !== undefined));
  return scene.case.facts.filter((fact) => {
    if (fact.name !== name) return false;
    if (fact.assumed === true || where === 'any') return true;
    const { pod, node } = fact.labels as { readonly pod?: string; readonly node?: string };
    if (pod !== undefined) {
      const pods = where === 'spared' ? scene.scope.spared : scene.scope.affected;
      return where !== 'node' && pods.some((affected) => samePod(fact.labels, affected));
    }
    return node === undefined || nodes.size === 0 || nodes.has(node);
  });
}
