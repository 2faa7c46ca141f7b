import { dose as doseChart } from '../../charts/dose.js';
import { formatNumber, formatP } from '../../text/quantity.js';
import { code, md, type MessageKey, type Text } from '../../text/text.js';
import { visible } from '../../text/escape.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell } from '../../types/notebook.js';
import type { Track } from '../../types/track.js';
import { befell } from '../parts/befell.js';
import { chartCell, concerns, trackUnit } from '../parts/pictures.js';
import { levelText, nodeOf } from '../parts/level.js';
import { podNames } from '../parts/pods.js';
import type { Section } from '../section.js';

const LISTED = 40;
/** A split or a relation that comes by chance more often than this is not stated as one. */
const TELLING = 0.05;
/** Below this agreement of pairs no relation is spoken of, however many pods there are. */
const LEAST_TAU = 0.5;

/** Who was hit, who was spared, what tells them apart, and whether effect follows dose. */
export const scope: Section = {
  id: 'scope',
  perIncident: true,
  build({ inquiry, incident, text, prefix }) {
    if (incident === undefined) return [];
    const { affected, spared, label, dose } = incident.scope;
    const node = nodeOf(incident.scope);
    const values = { level: levelText(incident.scope, text), name: code(node ?? '') };
    const lines = [text.t(node === undefined ? 'scope.level' : 'scope.level.named', values)];
    if (affected.length > 0)
      lines.push(text.t('scope.affected', { n: affected.length, pods: md(podNames(affected, text, 8)) }));
    if (spared.length > 0)
      lines.push(text.t('scope.spared', { n: spared.length, pods: md(podNames(spared, text, 8)) }));
    if (label != null && label.p <= TELLING)
      lines.push(text.t('scope.label', { label: code(`${label.name}="${label.value}"`), p: formatP(label.p) }));
    if (dose !== null)
      lines.push(
        text.t(doseKey(dose), {
          signal: text.signal(dose.by),
          tau: formatNumber(dose.tau, 2),
          p: formatP(dose.p),
          n: dose.n,
        }),
      );
    const lives = befell(inquiry, incident, text);
    lines.push(...lives.lines);
    const cells: Cell[] = [
      {
        type: 'markdown',
        id: `${prefix}scope`,
        text: `## ${text.t('scope.heading')}\n\n${lines.join('\n\n')}`,
        cites: [...incident.scope.sources, ...lives.sources],
      },
    ];
    if (dose !== null && doseKey(dose) !== 'scope.dose.none')
      cells.push(...doseCells(dose.by, incident, inquiry, text, prefix));
    if (affected.length + spared.length > 16) cells.push(podTable(incident, text, prefix));
    return cells;
  },
};

/** Whether effect follows dose, seems to, or does not: a relation the other way round, or hardly any, is none. */
function doseKey({ tau, p }: NonNullable<Incident['scope']['dose']>): MessageKey {
  if (tau < LEAST_TAU) return 'scope.dose.none';
  return p <= TELLING ? 'scope.dose' : 'scope.dose.weak';
}

function podTable(incident: Incident, text: Text, prefix: string): Cell {
  const { affected, spared } = incident.scope;
  const rows = [...affected.map((pod) => ({ pod, hit: true })), ...spared.map((pod) => ({ pod, hit: false }))];
  return {
    type: 'details',
    id: `${prefix}scope-pods`,
    summary: text.plain('scope.pods', { n: rows.length }),
    cells: [
      {
        type: 'table',
        id: `${prefix}scope-pods-table`,
        columns: ['column.node', 'column.namespace', 'column.pod', 'column.hit'].map((key) => ({
          title: text.plain(key as 'column.node'),
        })),
        rows: rows.slice(0, LISTED * 10).map(({ pod, hit }) => [
          { text: visible(pod.node ?? ''), code: true },
          { text: visible(pod.namespace ?? ''), code: true },
          { text: visible(pod.pod ?? ''), code: true },
          { text: text.plain(hit ? 'scope.hit' : 'scope.clean'), tone: hit ? ('bad' as const) : ('good' as const) },
        ]),
      },
    ],
  };
}

/** Signals whose rise is the effect, first one present wins. */
const EFFECTS = [
  'net.tcp.rx_queue',
  'net.socket.slow_reads_100ms',
  'net.socket.slow_reads_1ms',
  'app.latency.p99',
  'net.tcp.tx_queue',
  'net.tcp.established',
];

function doseCells(by: string, incident: Incident, inquiry: Inquiry, text: Text, prefix: string): Cell[] {
  const doses = byPod(inquiry, by);
  const { from, to } = incident.window;
  for (const signal of EFFECTS) {
    const effects = byPod(inquiry, signal);
    const names = Array.from(effects.keys()).filter((name) => doses.has(name));
    if (names.length < 3) continue;
    const points = names.map((name) => {
      const track = effects.get(name)!;
      return {
        name: visible(name.slice(name.indexOf('\n') + 1), 40),
        dose: mean(doses.get(name)!, -Infinity, from),
        effect: peak(track, from, to) - mean(track, -Infinity, from),
        affected: concerns(track.series.labels, incident.scope.affected),
      };
    });
    const usable = points.filter((p) => Number.isFinite(p.dose) && Number.isFinite(p.effect));
    if (usable.length < 3) continue;
    const alt = text.plain('scope.dose.alt', { dose: text.signal(by), effect: text.signal(signal) });
    const data = {
      points: usable,
      doseUnit: trackUnit(doses.get(names[0]!)!),
      effectUnit: trackUnit(effects.get(names[0]!)!),
      doseTitle: text.plain('scope.dose.x', {
        signal: text.signal(by),
        unit: text.unit(trackUnit(doses.get(names[0]!)!)),
      }),
      effectTitle: text.plain('scope.dose.y', { signal: text.signal(signal) }),
      affectedLabel: text.plain('scope.hit'),
      sparedLabel: text.plain('scope.clean'),
      language: text.language,
      description: alt,
    };
    return [chartCell(`${prefix}scope-dose`, doseChart, data, alt, alt)];
  }
  return [];
}

function byPod(inquiry: Inquiry, signal: string): Map<string, Track> {
  const found = new Map<string, Track>();
  for (const track of inquiry.tracks) {
    const pod = track.series.labels['pod'];
    if (track.series.signal === signal && pod !== undefined)
      found.set(`${track.series.labels['namespace'] ?? ''}\n${pod}`, track);
  }
  return found;
}

function mean(track: Track, from: number, to: number): number {
  let sum = 0;
  let n = 0;
  track.time.forEach((t, i) => {
    const v = track.value[i]!;
    if (t >= from && t < to && Number.isFinite(v)) {
      sum += v;
      n++;
    }
  });
  return n === 0 ? NaN : sum / n;
}

function peak(track: Track, from: number, to: number): number {
  let high = -Infinity;
  track.time.forEach((t, i) => {
    const v = track.value[i]!;
    if (t >= from && t <= to && Number.isFinite(v)) high = Math.max(high, v);
  });
  return high;
}
