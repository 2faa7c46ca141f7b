import type { Expectation } from '../causes/cause.js';
import { observe } from '../incidents/observe.js';
import { firmness } from '../incidents/limits.js';
import { distances, split } from '../incidents/views.js';
import { sourceAt } from '../series/provenance.js';
import type { Track } from '../types/track.js';
import { look } from './look.js';
import { untold, type Outcome } from './outcome.js';
import { factsAt, samePod, tracksAt, type Scene } from './scene.js';

/** A change with its standard error. */
interface Amount {
  readonly amount: number;
  readonly error: number;
  /** Fewest samples that tell of it. */
  readonly samples: number;
}

interface Change extends Amount {
  readonly tracks: readonly Track[];
}

/** Below this many standard errors neither side is believed: one-sided 5 %, and one in a thousand for what speaks against a cause. */
const SURE = 1.645;
const VERY_SURE = 3.09;

/** Time a node is not busy in; iowait is idle time with a task waiting for a disk, and steal is not the node's own. */
const NOT_BUSY = ['cpu.node.idle', 'cpu.node.iowait'] as const;

/**
 * Who used the CPU time that the nodes of the affected were busy more than usual: the change of a signal against the
 * share expected of it, as a one-sided test of `part − share × busy` with the standard errors of both.
 *
 * It tells nothing (unknown) where the number of CPUs, idle or iowait time, or the use of one of the affected pods is not
 * known, or where the nodes were not significantly busier.
 */
export function cpuShare(
  { signal, atLeast, atMost }: Extract<Expectation, { readonly kind: 'cpu-share' }>,
  scene: Scene,
): Outcome {
  const share = atLeast ?? atMost;
  const notBusy = NOT_BUSY.map((id) => onNodes(id, scene));
  const part = signal === 'cpu.cgroup.usage' ? ofAffected(signal, scene) : onNodes(signal, scene);
  const missing = [...NOT_BUSY.filter((_, i) => notBusy[i] === null), ...(part === null ? [signal] : [])];
  const [idle, iowait] = notBusy;
  if (share === undefined || part === null || !idle || !iowait) return untold(signal, missing);
  const busy = -(idle.amount + iowait.amount);
  const busyError = Math.hypot(idle.error, iowait.error);
  const samples = Math.min(idle.samples, iowait.samples);
  const is = compare(part, { amount: busy, error: busyError, samples }, share, atLeast === undefined ? 'less' : 'more');
  return {
    ...untold(signal, []),
    verdict: is === 'unknown' ? is : (is === 'more') === (atLeast !== undefined) ? 'seen' : 'absent',
    observed: {
      change: part.amount,
      mde: distances({}) * part.error,
      unit: 'seconds/second',
      state: Math.abs(part.amount) < SURE * part.error ? 'flat' : part.amount > 0 ? 'up' : 'down',
      baseline: null,
      peak: null,
    },
    sources: [...part.tracks, ...idle.tracks].slice(0, 6).map((track) => sourceAt(track.series, 0)),
  };
}

/**
 * Whether a part makes more or less than a share of a whole that grew; unknown where the errors leave it open.
 * @param wanted - the answer that speaks for the cause
 */
function compare(part: Amount, whole: Amount, share: number, wanted: 'more' | 'less'): 'more' | 'less' | 'unknown' {
  const over = part.amount - share * whole.amount;
  const error = Math.hypot(part.error, share * whole.error);
  const is = over > 0 ? 'more' : 'less';
  const samples = Math.min(part.samples, whole.samples);
  // the fewer samples, the further more of them might lead
  const sure = is === wanted ? SURE : VERY_SURE * firmness(samples);
  return whole.amount > sure * whole.error && Math.abs(over) > sure * error ? is : 'unknown';
}

/** Summed over the affected pods; null unless each of them is known. */
function ofAffected(signal: string, scene: Scene): Change | null {
  const tracks = tracksAt(scene, signal, 'affected');
  const known = scene.scope.affected.every((pod) => tracks.some(({ series }) => samePod(series.labels, pod)));
  return known && scene.scope.affected.length > 0 ? changeOf(tracks, scene, () => 1) : null;
}

/** Shares of the time of a node's CPUs, in CPUs, summed over the nodes; null unless the CPUs of each are counted. */
function onNodes(signal: string, scene: Scene): Change | null {
  const counts = factsAt(scene, 'cpu.count', 'node');
  const cpusOf = ({ series: { labels } }: Track): number | undefined => {
    const own = counts.find((fact) => fact.labels['node'] === labels['node']) ?? counts[0];
    return own === undefined ? undefined : Number(own.value);
  };
  return changeOf(tracksAt(scene, signal, 'node'), scene, cpusOf);
}

function changeOf(
  tracks: readonly Track[],
  scene: Scene,
  scaleOf: (track: Track) => number | undefined,
): Change | null {
  let amount = 0;
  let variance = 0;
  let samples = Infinity;
  for (const track of tracks) {
    samples = Math.min(samples, split(track, scene.window, {}).inside.length);
    const scale = scaleOf(track);
    const { change, mde } = observe([track], scene.window, { exclude: scene.windows });
    if (scale === undefined || !Number.isFinite(scale) || mde === null) return null;
    amount += scale * change;
    variance += ((scale * mde) / distances({})) ** 2;
  }
  return tracks.length === 0 ? null : { amount, error: Math.sqrt(variance), samples, tracks };
}

/** The same of each pod alone, hit or not, whose whole grew; unknown unless all of them agree. */
function ofEach(whole: string, part: string, atMost: number, scene: Scene): 'more' | 'unknown' {
  for (const pod of [...scene.scope.affected, ...scene.scope.spared]) {
    const alone: Scene = { ...scene, scope: { ...scene.scope, affected: [pod] } };
    const [all, some] = [ofAffected(whole, alone), ofAffected(part, alone)];
    const still = all !== null && all.amount <= SURE * all.error;
    if (!still && (all === null || some === null || compare(some, all, atMost, 'less') !== 'more')) return 'unknown';
  }
  return 'more';
}

/**
 * What part of the growth of one signal another one makes, both summed over the affected pods: at most `atMost` of it is
 * seen, more is not. Unknown where either is not known of each of them, or the whole did not grow significantly.
 */
export function partOf(
  { signal: whole, part, atMost }: Extract<Expectation, { readonly kind: 'part' }>,
  scene: Scene,
): Outcome {
  const [all, some] = [ofAffected(whole, scene), ofAffected(part, scene)];
  if (all === null || some === null)
    return untold(part, [...(all === null ? [whole] : []), ...(some === null ? [part] : [])]);
  const hit = compare(some, all, atMost, 'less');
  // who was hit is seen the worse the fewer samples there are: what speaks against must not hang on it
  const is = hit === 'more' ? ofEach(whole, part, atMost, scene) : hit;
  const seen = look(scene, part, 'affected') ?? untold(part);
  return { ...seen, verdict: is === 'unknown' ? is : is === 'less' ? 'seen' : 'absent' };
}
