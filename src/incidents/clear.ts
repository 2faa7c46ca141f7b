import type { PodRef } from '../types/diagnosis.js';
import type { Track } from '../types/track.js';
import { observe, type Span } from './observe.js';
import { sampled } from './limits.js';
import { podOf } from './scope.js';
import { symptomOf, type Symptom } from './symptoms.js';
import { split } from './views.js';

/** A track that may show harm of a pod's own. */
interface Sign {
  readonly track: Track;
  readonly symptom: Symptom;
  readonly pod: string;
}

/**
 * Pods that were surely spared: their clients were looked at all the time, and by what shows the harm of all who were
 * hit they waited less than half as long more as the least of those. Of a pod that was merely not found to be hurt,
 * seldom looked at or not at all, that is not known; nor by what a server shows, where clients may feel what it does not.
 */
export function clearOf(
  tracks: readonly Track[],
  pods: ReadonlyMap<string, PodRef>,
  affected: readonly PodRef[],
  window: Span,
): readonly PodRef[] {
  const hit = new Set(affected.map(({ pod }) => pod));
  const signs = tracks.flatMap((track): readonly Sign[] => {
    const { signal, labels } = track.series;
    const symptom = symptomOf(signal, labels['quantile']);
    const pod = symptom?.family !== 'latency' ? undefined : podOf(labels, pods);
    return symptom === undefined || pod === undefined ? [] : [{ track, symptom, pod }];
  });
  const bars = barsOf(
    signs.filter(({ pod }) => hit.has(pod)),
    window,
  );
  const clear = new Set(
    signs
      .filter(({ track, symptom, pod }) => !hit.has(pod) && below(track, bars.get(symptom.signal), window))
      .map(({ pod }) => pod),
  );
  return [...pods.values()].filter(({ pod }) => clear.has(pod!));
}

/** Instants that do not miss harm of a few seconds. */
const DENSE = 15;

function below(track: Track, bar: number | undefined, window: Span): boolean {
  if (bar === undefined) return false;
  if (sampled(track) && split(track, window, {}).inside.length < DENSE) return false;
  return (observe([track], window).limits?.high ?? Infinity) < bar;
}

/** By signal that shows the harm of all who were hit, half of the least that it shows of anybody. */
function barsOf(signs: readonly Sign[], window: Span): ReadonlyMap<string, number> {
  const bars = new Map<string, number>();
  for (const { track, symptom } of signs) {
    const { state, change } = observe([track], window);
    const bar = state === 'up' && change >= symptom.least ? change / 2 : 0;
    bars.set(symptom.signal, Math.min(bars.get(symptom.signal) ?? Infinity, bar));
  }
  return bars;
}
