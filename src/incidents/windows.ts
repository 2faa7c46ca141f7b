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

/**
 * Spans in which somebody was hurt and more series moved than chance explains.
 *
 * A span begins as a cluster of symptoms of a size that matters. It is an incident when two independent witnesses agree
 * (families of signals on entities: one family on one pod counts once), or one direct witness (what clients feel) is
 * joined by more other movements than chance would bring. Mere busyness has no symptom and makes no incident.
 */
export function findWindows(
  findings: readonly Finding[],
  _tracks: readonly Track[],
  dump: Case,
  options: WindowOptions = {},
): IncidentWindow[] {
  if (options.from !== undefined || options.to !== undefined) {
    const from = options.from ?? dump.span.from;
    const to = options.to ?? dump.span.to;
    return [{ from, to, uncertainty: 0, findings: within(findings, from, to, 0) }];
  }
  const start = dump.span.from;
  const hurts = findings.map((finding) => hurtOf(finding, start, options.symptom)).filter((hurt) => hurt !== null);
  return clusters(hurts)
    .filter((cluster) => confirmed(cluster))
    .map((cluster) => windowOf(cluster, findings))
    .sort((a, b) => a.from - b.from);
}

function within(findings: readonly Finding[], from: number, to: number, slack: number): Finding[] {
  return findings.filter((f) => f.from - f.uncertainty <= to + slack && f.to + f.uncertainty >= from - slack);
}

/** Symptoms that overlap, or follow each other within two sampling steps, belong together. */
function clusters(hurts: readonly Hurt[]): Hurt[][] {
  const sorted = [...hurts].sort((a, b) => a.finding.from - b.finding.from || a.finding.to - b.finding.to);
  const out: Hurt[][] = [];
  let end = -Infinity;
  for (const hurt of sorted) {
    const slack = 2 * hurt.finding.uncertainty + 10_000;
    if (out.length === 0 || hurt.finding.from > end + slack) out.push([]);
    out.at(-1)!.push(hurt);
    end = Math.max(out.at(-1)!.length === 1 ? -Infinity : end, hurt.finding.to);
  }
  return out;
}

function entityOf(finding: Finding): string {
  const { pod, service, device, node } = finding.labels;
  return pod ?? service ?? device ?? node ?? '';
}

function confirmed(cluster: readonly Hurt[]): boolean {
  const witnesses = new Set(cluster.map(({ family, finding }) => `${family} ${entityOf(finding)}`));
  return witnesses.size >= 2 && cluster.some(({ direct }) => direct);
}

function windowOf(cluster: readonly Hurt[], findings: readonly Finding[]): IncidentWindow {
  const direct = cluster.filter((hurt) => hurt.direct);
  const speaking = (direct.length > 0 ? direct : cluster).map(({ finding }) => finding);
  const from = Math.min(...speaking.map((f) => f.from));
  const to = Math.max(...speaking.map((f) => f.to));
  const uncertainty = Math.max(...speaking.filter((f) => f.from === from || f.to === to).map((f) => f.uncertainty));
  return { from, to, uncertainty, findings: within(findings, from, to, uncertainty) };
}
