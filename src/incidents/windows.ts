import type { Finding } from '../types/finding.js';
import type { IncidentWindow } from '../types/incident-window.js';
import type { Track } from '../types/track.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { scoreTrack } from '../stats/scoring.js';
import { coreOf, EDGE, kindOf, largestOf } from './core.js';
import { beginnings, hurtOf, type Hurt, type Recording } from './hurt.js';
import { symptomOf } from './symptoms.js';

export interface WindowOptions {
  /** Given window, epoch ms: no search. One end may be left open. */
  readonly from?: Milliseconds;
  readonly to?: Milliseconds;
  /** Signal whose movement is the complaint: it counts as a symptom whatever its size. */
  readonly symptom?: string;
}

/** Symptoms that follow each other within this long (and two sampling steps) belong together. */
const PAUSE = 10_000;
/** A single kind of symptom must last this long to make an incident: one stutter is none. */
const LASTING = 10_000;
/** So many refused, failed or slow requests are an incident by themselves. */
const ENOUGH = 10;
/** Chance at which a coincidence is believed. */
const SURPRISE = 0.01;
/** Most incidents reported; a dump with more of them is one long incident. */
const MOST = 12;

/**
 * Spans in which somebody was hurt and more series moved together than chance explains, the gravest first.
 *
 * A span begins as a cluster of symptoms of a size that matters. It is an incident when clients felt it and either two
 * kinds of symptoms agree or one kind lasts, and when so many witnesses (families of signals on entities: one family on
 * one pod counts once) would hardly meet by chance, given how often the symptoms of this dump appear at other times.
 * Mere busyness has no symptom and makes no incident.
 * @param tracks - the tracks the findings were made on
 * @remarks a scan statistic (Kulldorff 1997) whose null is learnt from the findings outside the span
 */
export function findWindows(
  findings: readonly Finding[],
  tracks: readonly Track[],
  dump: Recording,
  options: WindowOptions = {},
): IncidentWindow[] {
  if (options.from !== undefined || options.to !== undefined) {
    const from = options.from ?? dump.span.from;
    const to = options.to ?? dump.span.to;
    return [{ from, to, uncertainty: 0, findings: within(findings, from, to, 0) }];
  }
  const hurts = hurtsOf(findings, dump, options.symptom);
  const span = dump.span.to - dump.span.from;
  const byKey = new Map<string, Track[]>();
  for (const track of tracks) {
    const list = byKey.get(track.series.key);
    if (list === undefined) byKey.set(track.series.key, [track]);
    else list.push(track);
  }
  return clusters(hurts)
    .filter((cluster) => felt(cluster, options.symptom))
    .map((cluster) => ({ cluster, core: coreOf(cluster, witness, sharpness(cluster, byKey), PAUSE) }))
    .filter(({ cluster, core }) => felt(core, options.symptom) && surprising(core, cluster, hurts, span))
    .map(({ core }) => core)
    .sort((a, b) => gravity(b) - gravity(a))
    .slice(0, MOST)
    .map((cluster) => windowOf(cluster, findings, byKey));
}

/** All symptoms of a dump. */
export function hurtsOf(findings: readonly Finding[], dump: Recording, symptom?: string): Hurt[] {
  const start = beginnings(dump);
  return findings
    .map((finding) => hurtOf(finding, start(finding), symptom))
    .filter((hurt): hurt is Hurt => hurt !== null);
}

function within(findings: readonly Finding[], from: number, to: number, slack: number): Finding[] {
  return findings.filter((f) => f.from - f.uncertainty <= to + slack && f.to + f.uncertainty >= from - slack);
}

/** Symptoms that overlap, or follow each other closely. */
function clusters(hurts: readonly Hurt[]): Hurt[][] {
  const sorted = [...hurts].sort((a, b) => a.finding.from - b.finding.from || a.finding.to - b.finding.to);
  const out: Hurt[][] = [];
  let end = -Infinity;
  for (const hurt of sorted) {
    const slack = 2 * hurt.finding.uncertainty + PAUSE;
    if (out.length === 0 || hurt.finding.from > end + slack) {
      out.push([]);
      end = -Infinity;
    }
    out.at(-1)!.push(hurt);
    end = Math.max(end, hurt.finding.to);
  }
  return out;
}

function entity({ pod, service, device, node }: Labels): string {
  return pod ?? service ?? device ?? node ?? '';
}

function witness({ family, finding }: Hurt): string {
  return `${family} ${entity(finding.labels)}`;
}

/** Clients felt it, and it is more than one stutter of one kind. */
function felt(cluster: readonly Hurt[], symptom: string | undefined): boolean {
  const direct = cluster.filter((hurt) => hurt.direct);
  // many who lose or queue segments at once need no client to say so
  if (direct.length === 0) return new Set(cluster.map(witness)).size >= 4;
  if (direct.some(({ finding }) => finding.signal === symptom)) return true;
  if (new Set(cluster.map(({ family }) => family)).size >= 2) return true;
  if (new Set(cluster.map(witness)).size >= 2 && direct.some(({ family }) => family !== 'latency')) return true;
  // refusals, failures and slow reads are counted one by one: enough of them need no second witness
  if (direct.some(({ family, finding }) => family !== 'latency' && (finding.excess ?? 0) >= ENOUGH && finding.p < 1e-4))
    return true;
  return direct.some(({ finding }) => finding.to - finding.from >= LASTING);
}

/**
 * So many witnesses at once are unlikely, given how often each of them shows something as large at other times. Each has
 * its own chance to meet a span of this length (its rate with half an event added, after Jeffreys), and rare ones count
 * for more: a second grave episode raises the chance of each witness, but hardly that of all of them together.
 */
function surprising(core: readonly Hurt[], cluster: readonly Hurt[], all: readonly Hurt[], span: number): boolean {
  const from = Math.min(...core.map(({ finding }) => finding.from));
  const to = Math.max(...core.map(({ finding }) => finding.to));
  // seen at one sample only, it is known to lie within a step
  const length = Math.max(to - from, 1, ...core.map(({ finding }) => finding.uncertainty));
  if (!(span > 2 * length)) return true;
  const members = new Set(cluster);
  const others = new Map<string, Finding[]>();
  const harm = new Map<string, number>();
  for (const { family, finding } of core) harm.set(family, Math.max(harm.get(family) ?? 0, harmOf(finding)));
  for (const hurt of all) {
    // other kinds, and stutters a tenth as large, say nothing of how often something like this happens
    if (members.has(hurt) || harmOf(hurt.finding) < 0.1 * (harm.get(hurt.family) ?? Infinity)) continue;
    const key = witness(hurt);
    const list = others.get(key);
    if (list === undefined) others.set(key, [hurt.finding]);
    else list.push(hurt.finding);
  }
  if (others.size === 0) return true;
  if (grave(core) && covered([...others.values()].flat(), 0) < RARE * (span - length)) return true;
  const seen = new Set(core.map(witness));
  const chances = new Map<string, number>();
  for (const key of [...seen, ...others.keys()])
    chances.set(key, Math.min(1, (covered(others.get(key) ?? [], length) + 0.5 * length) / (span - length)));
  const places = Math.min(50, span / Math.max(length, 1000));
  return coincidence(seen, chances) * places < SURPRISE;
}

/** Trouble of several that takes less than this share of a recording is not its ordinary state. */
const RARE = 1 / 3;

/** Two or more felt it directly for long, or in two ways: no chance meeting of stutters, however many there are. */
function grave(core: readonly Hurt[]): boolean {
  const long = core.filter(({ direct, finding }) => direct && finding.to - finding.from >= LASTING);
  return new Set(long.map(witness)).size >= 2;
}

/** Steps of the distribution of surprise, nats. */
const GRAIN = 0.05;

/**
 * Chance that independent witnesses are together as surprising as those seen: the sum of −ln of the chance of each that
 * speaks, against its exact null distribution (convolution on a grid, rounded to the safe side).
 */
function coincidence(seen: ReadonlySet<string>, chances: ReadonlyMap<string, number>): number {
  let score = 0;
  for (const key of seen) score += Math.floor(-Math.log(chances.get(key)!) / GRAIN);
  let below = new Float64Array(score);
  if (score > 0) below[0] = 1;
  for (const chance of chances.values()) {
    const step = Math.ceil(-Math.log(chance) / GRAIN);
    const next = below.map((p) => p * (1 - chance));
    for (let n = step; n < score; n++) next[n]! += chance * below[n - step]!;
    below = next;
  }
  return Math.max(0, 1 - below.reduce((sum, p) => sum + p, 0));
}

/** How much harm a finding stands for: its height times its length. */
function harmOf({ peak, baseline, from, to, uncertainty }: Finding): number {
  return Math.abs(peak - baseline) * Math.max(to - from, 2 * uncertainty);
}

/** Length of the set of begins at which a span of `length` would touch one of the findings, ms. */
function covered(findings: readonly Finding[], length: number): number {
  let sum = 0;
  let end = -Infinity;
  for (const { from, to, uncertainty } of [...findings].sort((a, b) => a.from - b.from)) {
    const start = Math.max(end, from - uncertainty - length);
    end = Math.max(end, to + uncertainty);
    sum += Math.max(0, end - start);
  }
  return sum;
}

/** How much was hurt: strength of each witness, on a logarithmic scale, times how long. */
function gravity(cluster: readonly Hurt[]): number {
  const best = new Map<string, number>();
  let longest = 0;
  for (const hurt of cluster) {
    const key = witness(hurt);
    best.set(key, Math.max(best.get(key) ?? 0, Math.log1p(hurt.finding.strength) * (hurt.direct ? 2 : 1)));
    longest = Math.max(longest, hurt.finding.to - hurt.finding.from);
  }
  let sum = 0;
  for (const weight of best.values()) sum += weight;
  return sum * Math.log1p(longest / 1000);
}

/** Coarseness of a track: its step, or its smoothing where that is longer. */
function coarseness(track: Track): number {
  return Math.max(track.step, track.series.window ?? 0);
}

/** How coarsely a symptom was sampled or smoothed, ms. */
function coarseOf({ finding }: Hurt, tracks: ReadonlyMap<string, readonly Track[]>): number {
  return Math.max(2 * finding.uncertainty, ...(tracks.get(finding.series) ?? []).map(coarseness), 1000);
}

/** How much a symptom tells of the course of a cluster: 1 for the sharpest, less for those spread by sampling or smoothing. */
function sharpness(cluster: readonly Hurt[], tracks: ReadonlyMap<string, readonly Track[]>): (hurt: Hurt) => number {
  const finest = Math.min(...cluster.map((hurt) => coarseOf(hurt, tracks)));
  return (hurt) => Math.min(1, (SHARP * finest) / coarseOf(hurt, tracks));
}

/** The window as the sharpest symptoms draw it: a smoothed series knows little of begin and end. */
function windowOf(
  cluster: readonly Hurt[],
  findings: readonly Finding[],
  tracks: ReadonlyMap<string, readonly Track[]>,
): IncidentWindow {
  const coarse = (hurt: Hurt): number => coarseOf(hurt, tracks);
  // shifts and plateaus say that it lasted, bursts from when to when
  const bursts = cluster.filter(({ finding }) => finding.pattern === 'burst' || finding.pattern === 'dip');
  const drawing = bursts.some((hurt) => hurt.direct) ? bursts : cluster;
  const finest = Math.min(...drawing.map(coarse));
  let sharp = drawing.filter((hurt) => coarse(hurt) <= SHARP * finest);
  if (!sharp.some((hurt) => hurt.direct) && new Set(sharp.map(witness)).size < 2) sharp = [...drawing];
  const first = sharp.reduce((a, b) => (b.finding.from < a.finding.from ? b : a)).finding;
  const last = sharp.reduce((a, b) => (b.finding.to > a.finding.to ? b : a)).finding;
  const uncertainty = Math.max(first.uncertainty, last.uncertainty);
  // an episode shorter than the step is at most a step long
  const core = { from: first.from, to: Math.max(last.to, first.from + 2 * first.uncertainty) };
  const { from, to } = extended(core, bounds(cluster, tracks, SHARP * finest));
  return { from, to, uncertainty, findings: within(findings, from, to, uncertainty) };
}

/** Series up to this many times as coarse as the sharpest one draw the edges of a window. */
const SHARP = 4;

interface Bound {
  readonly track: Track;
  readonly bar: number;
}

/** Sharp symptom tracks of those who were hurt, each with the value from which on it hurts as the episode did. */
function bounds(
  cluster: readonly Hurt[],
  tracks: ReadonlyMap<string, readonly Track[]>,
  coarsest: number,
): readonly Bound[] {
  const hurt = new Set(cluster.filter(({ mutual }) => !mutual).map(({ finding }) => entity(finding.labels)));
  const largest = largestOf(cluster);
  const out: Bound[] = [];
  for (const track of [...tracks.values()].flat()) {
    const { signal, labels, window } = track.series;
    const symptom = symptomOf(signal, labels['quantile']);
    if (symptom === undefined || symptom.mutual === true || symptom.direction !== 'up') continue;
    if (coarseness(track) > coarsest || (window ?? 0) > 0 || !hurt.has(entity(labels))) continue;
    const scored = scoreTrack(track);
    if (scored === null) continue;
    const height = EDGE * (largest.get(kindOf(track.series)) ?? 0);
    out.push({
      track,
      bar: Math.max(scored.baseline + Math.max(symptom.least, height), symptom.ratio * scored.baseline),
    });
  }
  return out;
}

/**
 * A window grown over the samples near it that hurt as well, until there are none within the pause; at most by half its
 * length on either side, since farther away they are an episode of their own.
 */
function extended(core: { from: number; to: number }, bounded: readonly Bound[]): { from: number; to: number } {
  let { from, to } = core;
  const reach = Math.max(PAUSE, (to - from) / 2);
  for (let round = 0; round < 100; round++) {
    let grew = false;
    for (const { track, bar } of bounded) {
      for (let i = lowerBound(track.time, Math.max(from - PAUSE, core.from - reach)); i < track.time.length; i++) {
        const t = track.time[i]!;
        if (t > Math.min(to + PAUSE, core.to + reach)) break;
        if (!(track.value[i]! >= bar)) continue;
        if (t - track.step / 2 < from) [from, grew] = [t - track.step / 2, true];
        if (t > to) [to, grew] = [t, true];
      }
    }
    if (!grew) break;
  }
  return { from, to };
}

/** First index whose time is at least `t`. */
function lowerBound(time: Float64Array, t: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (time[mid]! < t) low = mid + 1;
    else high = mid;
  }
  return low;
}
