import type { Labels, LogEvent, Series, Source } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import type { Owners, Workload } from '../workloads/owners.js';
import { cronJobOfPod } from '../workloads/pod-name.js';
import { resets } from './rate.js';

interface Span {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** One pod's time within the recording. */
export interface PodLife {
  readonly pod: string;
  readonly namespace: string | undefined;
  readonly node: string | undefined;
  readonly workload: Workload | undefined;
  /** First sample, where the pod began within the recording. */
  readonly begins?: Milliseconds;
  /** Last sample, where it ended within the recording. */
  readonly ends?: Milliseconds;
  /** Spans within which its counters began anew under the same name. */
  readonly restarts: readonly Span[];
  /** The pod of the same workload whose place it took. */
  readonly replaces?: string;
  readonly source: Source;
}

/** Samples that may be missing at either end before a series counts as shorter than its like. */
const SLACK = 2.5;
/** The last value of a pod that is gone is repeated for this long by some sources, so that old and new overlap. */
const OVERLAP = 10 * 60_000;
/** Longest time between the end of a pod and the beginning of its successor. */
const VACANCY = 30 * 60_000;
/** Workloads whose pods follow each other by design. */
const RUNS = new Set(['Job', 'CronJob']);

interface Draft {
  readonly pod: string;
  readonly namespace: string | undefined;
  node: string | undefined;
  readonly series: Series[];
  readonly begins: number[];
  readonly ends: number[];
}

/**
 * When each pod began and ended within the recording, when it was restarted under its name, and whose place it took.
 *
 * A pod ends when most of its series end before those of the same signal and source do; it is replaced by the pod of the
 * same workload that begins nearest. It was restarted when most of its counters fall within one interval.
 */
export function podLives(series: readonly Series[], owners: Owners): PodLife[] {
  const drafts = draftsOf(series);
  const lives = [...drafts.values()].map((draft): PodLife => {
    const { pod, namespace, node } = draft;
    const [begins, ends] = [middle(draft.begins, draft.series.length), middle(draft.ends, draft.series.length)];
    return {
      pod,
      namespace,
      node,
      workload: owners.of(namespace, pod),
      ...(begins !== undefined && { begins }),
      ...(ends !== undefined && { ends }),
      restarts: restartsOf(draft.series),
      source: draft.series[0]!.source,
    };
  });
  return withPredecessors(lives);
}

/** The series of each pod, with their ends where others of their kind go on. */
function draftsOf(series: readonly Series[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const whole = new Map<string, { from: number; to: number }>();
  const mine: { readonly draft: Draft; readonly group: { from: number; to: number }; readonly span: Span; readonly step: number }[] = []; // prettier-ignore
  for (const one of series) {
    const { pod, namespace, node } = one.labels as { pod?: string; namespace?: string; node?: string };
    if (pod === undefined || one.labels['pid'] !== undefined || one.labels['tid'] !== undefined) continue;
    const span = lifeOf(one);
    if (span === null) continue;
    const key = `${one.source.importer}\n${one.signal}`;
    const group = whole.get(key) ?? { from: Infinity, to: -Infinity };
    whole.set(key, group);
    group.from = Math.min(group.from, span.from);
    group.to = Math.max(group.to, span.to);
    const name = `${namespace ?? ''}/${pod}`;
    const draft = drafts.get(name) ?? { pod, namespace, node, series: [], begins: [], ends: [] };
    drafts.set(name, draft);
    draft.node ??= node;
    draft.series.push(one);
    mine.push({ draft, group, span, step: one.step });
  }
  for (const { draft, group, span, step } of mine) {
    if (span.from > group.from + SLACK * step) draft.begins.push(span.from);
    if (span.to < group.to - SLACK * step) draft.ends.push(span.to);
  }
  return drafts;
}

/** First and last sample that is there; null for fewer than two. */
function lifeOf({ time, value }: Series): Span | null {
  let first = 0;
  let last = value.length - 1;
  while (first < last && Number.isNaN(value[first]!)) first++;
  while (last > first && Number.isNaN(value[last]!)) last--;
  return first < last ? { from: time[first]!, to: time[last]! } : null;
}

/** Median, where at least half of all have a say. */
function middle(times: readonly number[], all: number): number | undefined {
  if (times.length * 2 < all || times.length === 0) return undefined;
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}

/** Intervals in which restarts are counted, or at least two counters, and at least half of those that could, begin anew. */
function restartsOf(series: readonly Series[]): Span[] {
  const falls: { readonly from: number; readonly to: number; readonly series: Series }[] = [];
  for (const one of series)
    for (const i of resets(one)) falls.push({ from: one.time[i - 1]!, to: one.time[i]!, series: one });
  falls.sort((a, b) => a.from - b.from);
  const out: Span[] = [];
  for (let i = 0; i < falls.length;) {
    let { from, to } = falls[i]!;
    const falling = new Set<Series>();
    // falls of one restart have an instant in common
    for (; i < falls.length && falls[i]!.from < to; i++) {
      falling.add(falls[i]!.series);
      from = Math.max(from, falls[i]!.from);
      to = Math.min(to, falls[i]!.to);
    }
    const able = series.filter((one) => one.kind === 'counter' && couldFall(one, from, to)).length;
    if (falling.size >= 2 && falling.size * 2 >= able) out.push({ from, to });
  }
  for (const span of series.flatMap(countedRestarts))
    if (!out.some((other) => other.from <= span.to && span.from <= other.to)) out.push(span);
  return out.sort((a, b) => a.from - b.from);
}

/** Steps of the counter of restarts that Kubernetes keeps. */
function countedRestarts({ signal, kind, time, value }: Series): Span[] {
  if (signal !== 'app.restarts' || kind !== 'counter') return [];
  const out: Span[] = [];
  for (let i = 1; i < time.length; i++) if (value[i]! > value[i - 1]!) out.push({ from: time[i - 1]!, to: time[i]! });
  return out;
}

/** Whether a counter had counted something before an interval and was read after it. */
function couldFall({ time, value }: Series, from: number, to: number): boolean {
  if (!(time[0]! <= from && time.at(-1)! >= to)) return false;
  let before = NaN;
  for (let i = 0; i < time.length && time[i]! <= from; i++) if (!Number.isNaN(value[i]!)) before = value[i]!;
  return before > 0;
}

/** Beginnings and ends within a workload matched, the nearest in time first. */
function withPredecessors(lives: readonly PodLife[]): PodLife[] {
  const pairs = pairsOf(lives).sort((a, b) => a.distance - b.distance || (a.young.pod < b.young.pod ? -1 : 1));
  const given = new Set<PodLife>();
  const taken = new Map<PodLife, PodLife>();
  for (const { old, young } of pairs) {
    if (given.has(old) || taken.has(young)) continue;
    given.add(old);
    taken.set(young, old);
  }
  return lives.map((life) => {
    const old = taken.get(life);
    return old === undefined ? life : { ...life, replaces: old.pod };
  });
}

interface Pair {
  readonly old: PodLife;
  readonly young: PodLife;
  /** Between the end of the one and the beginning of the other, ms. */
  readonly distance: Milliseconds;
}

/** Pods of one workload of which one began about when the other ended. */
function pairsOf(lives: readonly PodLife[]): Pair[] {
  const ended = new Map<string, PodLife[]>();
  const able = lives.filter((life) => life.workload !== undefined && !isRun(life));
  for (const life of able) if (life.ends !== undefined) push(ended, workloadKey(life), life);
  return able.flatMap((young) => {
    const { begins } = young;
    if (begins === undefined) return [];
    return (ended.get(workloadKey(young)) ?? []).flatMap((old) => {
      const vacancy = begins - old.ends!;
      const follows = old !== young && begins > (old.begins ?? -Infinity);
      return follows && vacancy >= -OVERLAP && vacancy <= VACANCY ? [{ old, young, distance: Math.abs(vacancy) }] : [];
    });
  });
}

/** Without the kind: a pod that is gone is in no list of objects, so that only its name speaks. */
function workloadKey({ namespace, workload }: PodLife): string {
  return `${namespace ?? ''}/${workload?.name ?? ''}`;
}

function isRun({ workload, pod }: PodLife): boolean {
  return RUNS.has(workload?.kind ?? '') || cronJobOfPod(pod) !== undefined;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * What befell the pods, as events: `pod.replaced` by another of its workload, `pod.restarted` under its name, and
 * `counters.restarted` where all pods of a node begin anew at once, as they do when an exporter or the node restarts.
 */
export function lifeEvents(lives: readonly PodLife[]): LogEvent[] {
  const byName = new Map(lives.map((life) => [`${life.namespace ?? ''}/${life.pod}`, life]));
  const out: LogEvent[] = [];
  for (const life of lives) {
    const old = life.replaces === undefined ? undefined : byName.get(`${life.namespace ?? ''}/${life.replaces}`);
    if (old?.ends !== undefined && life.begins !== undefined) {
      const span = { from: Math.min(old.ends, life.begins), to: life.begins };
      const labels = { ...labelsOf(old), replaced_by: life.pod };
      out.push(eventOf('pod.replaced', span, labels, `${old.pod} → ${life.pod}`, life.source));
    }
  }
  const shared = new Set<Span>();
  for (const spans of sharedRestarts(lives)) {
    const { life, span } = spans[0]!;
    for (const { span: one } of spans) shared.add(one);
    const labels: Labels = life.node === undefined ? {} : { node: life.node };
    out.push(eventOf('counters.restarted', span, labels, spans.map((one) => one.life.pod).join(', '), life.source));
  }
  for (const life of lives)
    for (const span of life.restarts)
      if (!shared.has(span)) out.push(eventOf('pod.restarted', span, labelsOf(life), life.pod, life.source));
  return out.sort((a, b) => a.time - b.time || (a.message < b.message ? -1 : 1));
}

/** Restarts of all pods of a node (two at least) within one instant. */
function sharedRestarts(lives: readonly PodLife[]): { readonly life: PodLife; readonly span: Span }[][] {
  const nodes = new Map<string, PodLife[]>();
  for (const life of lives) push(nodes, life.node ?? '', life);
  const out: { life: PodLife; span: Span }[][] = [];
  for (const group of nodes.values()) {
    if (group.length < 2) continue;
    for (const span of group[0]!.restarts) {
      const all = group.flatMap((life) => {
        const same = life.restarts.find((other) => other.from < span.to && span.from < other.to);
        return same === undefined ? [] : [{ life, span: same }];
      });
      const living = group.filter(
        (life) => (life.begins ?? -Infinity) < span.from && (life.ends ?? Infinity) > span.to,
      );
      if (all.length >= 2 && all.length >= living.length) out.push(all);
    }
  }
  return out;
}

function labelsOf({ node, namespace, pod, workload }: PodLife): Labels {
  return {
    ...(node !== undefined && { node }),
    ...(namespace !== undefined && { namespace }),
    pod,
    ...(workload !== undefined && { workload: workload.name }),
  };
}

function eventOf(kind: string, span: Span, labels: Labels, message: string, source: Source): LogEvent {
  return { time: span.from, duration: span.to - span.from, kind, labels, message, source };
}
