import type { TimelineData, TimelineLine, TimelineRow } from '../../charts/timeline.js';
import { timeline } from '../../charts/timeline.js';
import { cssTheme } from '../../charts/theme.js';
import type { Chart } from '../../charts/chart.js';
import type { Incident, PodRef } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell } from '../../types/notebook.js';
import type { Labels } from '../../types/series.js';
import type { Track } from '../../types/track.js';
import type { Unit } from '../../types/units.js';
import { signalOf } from '../../signals/all.js';
import { visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';

/** Lines of one row: more than this many are thinned, affected ones kept first. */
const MAX_LINES = 40;
const NAMED = 3;

/** The chart cell of a chart, drawn for both widths in the colours of the page. */
export function chartCell<D>(id: string, chart: Chart<D>, data: D, alt: string, caption?: string): Cell {
  const cell = {
    type: 'chart' as const,
    id,
    spec: chart.draw(data, cssTheme, 'wide'),
    narrow: chart.draw(data, cssTheme, 'narrow'),
    alt,
  };
  return caption === undefined ? cell : { ...cell, caption };
}

/** Whether labels speak of one of these pods. */
export function concerns(labels: Labels, pods: readonly PodRef[]): boolean {
  const { service } = labels;
  return pods.some(
    (pod) =>
      pod.pod !== undefined &&
      (labels['pod'] === pod.pod ||
        (labels['pod'] === undefined && service !== undefined && serves(pod.pod, service))) &&
      (pod.namespace === undefined || labels['namespace'] === undefined || labels['namespace'] === pod.namespace),
  );
}

/** Whether a service is called like a pod or its workload. */
function serves(pod: string, service: string): boolean {
  return pod === service || pod.startsWith(`${service}-`);
}

/** Unit of a track's values: rates are per second. */
export function trackUnit(track: Track): Unit {
  const unit = track.series.unit;
  if (track.series.kind === 'gauge' || unit.endsWith('/second')) return unit;
  return `${unit}/second` as Unit;
}

/** The span a picture of an incident shows: the window with enough before and after to see what is usual. */
export function pictureSpan(inquiry: Inquiry, incident: Incident): { from: number; to: number } {
  const { from, to } = incident.window;
  const margin = Math.max(5 * 60e3, 4 * (to - from));
  const span = inquiry.diagnosis.span;
  return { from: Math.max(span.from, from - margin), to: Math.max(to, Math.min(span.to, to + margin)) };
}

/** One row of a timeline: every track of a signal, affected ones in colour. */
export function timelineRow(
  signal: string,
  inquiry: Inquiry,
  incident: Incident | undefined,
  text: Text,
): TimelineRow | undefined {
  const all = inquiry.tracks.filter((track) => track.series.signal === signal);
  const first = all[0];
  if (first === undefined) return undefined;
  const affected = incident?.scope.affected ?? [];
  const order = (track: Track): number => (concerns(track.series.labels, affected) ? 0 : 1);
  const tracks = [...all].sort((a, b) => order(a) - order(b)).slice(0, MAX_LINES);
  // the spared are drawn first, so that the affected lie on top of them
  const lines = finest(tracks, incident)
    .map((track) => line(track, affected, text))
    .reverse();
  const unit = trackUnit(first);
  return { title: rowTitle(signal, unit, text), unit, lines };
}

/** How much longer the step of a source must be for it to be the coarser copy of another. */
const COARSER = 3;

/** Without the coarser copies of what a finer source says of the same pod all through an incident: two lines would contradict. */
function finest(tracks: readonly Track[], incident: Incident | undefined): readonly Track[] {
  if (incident === undefined) return tracks;
  const { window, scope } = incident;
  const podOf = (track: Track): number => scope.affected.findIndex((pod) => concerns(track.series.labels, [pod]));
  const best = new Map<number, number>();
  for (const track of tracks) {
    const { step, time } = track;
    if (step > 0 && time[0]! <= window.from && time.at(-1)! >= window.to)
      best.set(podOf(track), Math.min(step, best.get(podOf(track)) ?? Infinity));
  }
  return tracks.filter((track) => podOf(track) < 0 || track.step < COARSER * (best.get(podOf(track)) ?? Infinity));
}

/** The axis says the unit of bytes and seconds; whether other things are counted or counted per second, the title must. */
function rowTitle(signal: string, unit: Unit, text: Text): string {
  const perSecond = unit.endsWith('/second') && !unit.startsWith('bytes') && !unit.startsWith('seconds');
  return perSecond ? text.plain('chart.perSecond', { signal: text.signal(signal) }) : text.signal(signal);
}

function line(track: Track, affected: readonly PodRef[], text: Text): TimelineLine {
  const { labels, kind } = track.series;
  const common = { time: track.time, value: track.value, interval: kind !== 'gauge' };
  if (concerns(labels, affected)) {
    const index = affected.findIndex((pod) => concerns(labels, [pod]));
    const name =
      affected.length > NAMED + 1 && index >= NAMED
        ? text.plain('chart.further')
        : visible(affected[index]?.pod ?? '', 60);
    return { ...common, name, role: 'affected', place: Math.min(index, NAMED) };
  }
  const level = signalOf(track.series.signal)?.level;
  if (labels['pod'] === undefined && level !== 'service' && level !== 'path')
    return { ...common, name: text.plain('chart.node'), role: 'node' };
  return { ...common, name: text.plain(affected.length > 0 ? 'chart.spared' : 'chart.pods'), role: 'spared' };
}

function sampled({ time, value }: TimelineLine, from: number, to: number): boolean {
  return time.some((t, i) => t >= from && t <= to && Number.isFinite(value[i]));
}

/** The part of a span that has samples; the incident always belongs to it. */
function trimmed(
  span: { from: number; to: number },
  rows: readonly TimelineRow[],
  window: { from: number; to: number } | undefined,
): { from: number; to: number } {
  let from = window?.from ?? Infinity;
  let to = window?.to ?? -Infinity;
  for (const { lines } of rows)
    for (const { time } of lines)
      for (const t of time)
        if (t >= span.from && t <= span.to) {
          from = Math.min(from, t);
          to = Math.max(to, t);
        }
  return to > from ? { from, to } : span;
}

/** A timeline of these signals; undefined when the dump has none of them. */
export function timelineCell(
  id: string,
  signals: readonly string[],
  context: { inquiry: Inquiry; incident: Incident | undefined; text: Text },
  options: { alt: string; caption?: string; height?: number; legend?: boolean },
): Cell | undefined {
  const { inquiry, incident, text } = context;
  const wanted = incident === undefined ? inquiry.diagnosis.span : pictureSpan(inquiry, incident);
  const rows = signals
    .flatMap((signal) => timelineRow(signal, inquiry, incident, text) ?? [])
    .filter((row) => row.lines.some((line) => sampled(line, wanted.from, wanted.to)));
  if (rows.length === 0) return undefined;
  const span = trimmed(wanted, rows, incident?.window);
  const data: TimelineData = {
    ...span,
    windows: inquiry.diagnosis.incidents
      .map((i) => ({ ...i.window, ...(incident === undefined || i.id === incident.id ? {} : { other: true }) }))
      .filter((w) => w.to >= span.from && w.from <= span.to),
    rows,
    language: text.language,
    description: options.alt,
    timeTitle: text.plain('chart.time'),
    ...(options.height === undefined ? {} : { height: options.height }),
    ...(options.legend === undefined ? {} : { legend: options.legend }),
  };
  return chartCell(id, timeline, data, options.alt, options.caption);
}
