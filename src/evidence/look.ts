import type { Where } from '../causes/cause.js';
import { observe } from '../incidents/observe.js';
import { sourceAt } from '../series/provenance.js';
import type { Observed } from '../types/diagnosis.js';
import type { Labels, Source } from '../types/series.js';
import type { Track } from '../types/track.js';
import type { Outcome } from './outcome.js';
import { oneEach, tracksAt, type Scene } from './scene.js';

/** Sources kept for one statement. */
const MAX_SOURCES = 6;

/** What a signal did, before anyone expects anything of it. */
export interface Look extends Outcome {
  readonly observed: Observed;
}

/** Observations of one incident, made once: many clues ask for the same signal. */
const looks = new WeakMap<Scene, Map<string, Look | null>>();

function memo<T extends Look | null>(scene: Scene, key: string, make: () => T): T {
  const known = looks.get(scene) ?? new Map<string, Look | null>();
  looks.set(scene, known);
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}

/** The tracks a clue looks at, as one observation; null when there is none. */
export function look(scene: Scene, signal: string, where: Where): Look | null {
  return memo(scene, `${where} ${signal}`, () => {
    const tracks = tracksAt(scene, signal, where);
    return tracks.length === 0 ? null : lookAt(scene, signal, tracks, 1);
  });
}

/** The same for every series alone; with Bonferroni's correction for looking at several entities. */
export function each(scene: Scene, signal: string, where: Where): readonly Look[] {
  const tracks = tracksAt(scene, signal, where);
  const places = oneEach(tracks).length;
  return tracks.map((track) =>
    memo(scene, `${places} ${track.series.key}`, () => lookAt(scene, signal, [track], places)),
  );
}

/** All of them added up, each entity once. */
export function together(scene: Scene, signal: string, where: Where): Look {
  return memo(scene, `sum ${where} ${signal}`, () =>
    lookAt(scene, signal, oneEach(tracksAt(scene, signal, where)), 1, 'sum'),
  );
}

function lookAt(
  scene: Scene,
  signal: string,
  tracks: readonly Track[],
  places: number,
  aggregate: 'max' | 'sum' = 'max',
): Look {
  const observed = observe(tracks, scene.window, { exclude: scene.windows, alpha: 0.05 / places, aggregate });
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

/** Highest value of a series in the window; −∞ when it has no sample there. */
export function highestIn(track: Track, { window }: Scene): number {
  let high = -Infinity;
  for (let i = 0; i < track.time.length; i++) {
    const time = track.time[i]!;
    if (time >= window.from && time <= window.to + track.step && track.value[i]! > high) high = track.value[i]!;
  }
  return high;
}
