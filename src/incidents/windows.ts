import { poissonUpper } from '../stats/count-law.js';
import type { Case } from '../types/case.js';
import type { Finding } from '../types/finding.js';
import type { IncidentWindow } from '../types/incident-window.js';
import type { Track } from '../types/track.js';
import type { Milliseconds } from '../types/units.js';
import { hurtOf, type Hurt } from './hurt.js';

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
 * @remarks a scan statistic with Poisson null (Kulldorff 1997), its rate learnt from the findings outside the span
 */
export function findWindows(
  findings: readonly Finding[],
  tracks: readonly Track[],
  dump: Pick<Case, 'span'>,
  options: WindowOptions = {},
): IncidentWindow[] {
  if (options.from !== undefined || options.to !== undefined) {
    const from = options.from ?? dump.span.from;
    const to = options.to ?? dump.span.to;
    return [{ from, to, uncertainty: 0, findings: within(findings, from, to, 0) }];
  }
  const hurts = hurtsOf(findings, dump, options.symptom);
  const resolution = resolutions(tracks);
  return clusters(hurts)
    .filter((cluster) => felt(cluster, options.symptom) && surprising(cluster, hurts, dump))
    .sort((a, b) => gravity(b) - gravity(a))
    .slice(0, MOST)
    .map((cluster) => windowOf(cluster, findings, resolution));
}

/** All symptoms of a dump. */
export function hurtsOf(findings: readonly Finding[], dump: Pick<Case, 'span'>, symptom?: string): Hurt[] {
  return findings
    .map((finding) => hurtOf(finding, dump.span.from, symptom))
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

function witness({ family, finding }: Hurt): string {
  const { pod, service, device, node } = finding.labels;
  return `${family} ${pod ?? service ?? device ?? node ?? ''}`;
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

/** So many witnesses at once are unlikely, given how often the symptoms of other times would fall into such a span. */
function surprising(cluster: readonly Hurt[], all: readonly Hurt[], dump: Pick<Case, 'span'>): boolean {
  const span = dump.span.to - dump.span.from;
  const from = Math.min(...cluster.map(({ finding }) => finding.from));
  const to = Math.max(...cluster.map(({ finding }) => finding.to));
  const length = to - from;
  if (!(span > 2 * length)) return true;
  const members = new Set(cluster);
  const places = span / Math.max(length, 1000);
  const expected = new Map<string, number>();
  for (const hurt of all) {
    if (members.has(hurt)) continue;
    const reach = length + hurt.finding.to - hurt.finding.from + 2 * hurt.finding.uncertainty;
    const key = witness(hurt);
    expected.set(key, Math.min(1, (expected.get(key) ?? 0) + reach / (span - length)));
  }
  let mean = 0;
  for (const share of expected.values()) mean += share;
  const seen = new Set(cluster.map(witness)).size;
  return mean === 0 || poissonUpper(seen, mean) * Math.min(places, 50) < SURPRISE || seen > 3 * mean + 3;
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

/** Coarseness of each series: its step, or its smoothing where that is longer. */
function resolutions(tracks: readonly Track[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const { series, step } of tracks) {
    const coarse = Math.max(step, series.window ?? 0);
    out.set(series.key, Math.min(out.get(series.key) ?? Infinity, coarse));
  }
  return out;
}

/** The window as the sharpest symptoms draw it: a smoothed series knows little of begin and end. */
function windowOf(
  cluster: readonly Hurt[],
  findings: readonly Finding[],
  resolution: ReadonlyMap<string, number>,
): IncidentWindow {
  const coarse = ({ finding }: Hurt): number =>
    Math.max(2 * finding.uncertainty, resolution.get(finding.series) ?? 0, 1000);
  const finest = Math.min(...cluster.map(coarse));
  let sharp = cluster.filter((hurt) => coarse(hurt) <= 2 * finest);
  if (!sharp.some((hurt) => hurt.direct) && new Set(sharp.map(witness)).size < 2) sharp = [...cluster];
  const first = sharp.reduce((a, b) => (b.finding.from < a.finding.from ? b : a)).finding;
  const last = sharp.reduce((a, b) => (b.finding.to > a.finding.to ? b : a)).finding;
  const uncertainty = Math.max(first.uncertainty, last.uncertainty);
  const from = first.from;
  // an episode shorter than the step is at most a step long
  const to = Math.max(last.to, from + 2 * first.uncertainty);
  return { from, to, uncertainty, findings: within(findings, from, to, uncertainty) };
}
