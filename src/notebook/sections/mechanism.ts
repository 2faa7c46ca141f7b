import { compensation } from '../../charts/compensation.js';
import { formatNumber } from '../../text/quantity.js';
import { escapeMarkdown, visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { Finding } from '../../types/finding.js';
import type { Evidence, Hypothesis, Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell } from '../../types/notebook.js';
import { evidencePhrase } from '../parts/evidence.js';
import { asHeading } from '../parts/sentence.js';
import { chartCell, pictureSpan } from '../parts/pictures.js';
import type { Section } from '../section.js';

/** How the leading cause leads to what was seen, step by step, and the compensating patterns with their balance. */
export const mechanism: Section = {
  id: 'mechanism',
  perIncident: true,
  build({ inquiry, incident, text, prefix }) {
    const lead = incident?.hypotheses.find((h) => h.cause !== 'unknown' && h.verdict !== 'excluded');
    if (incident === undefined || lead === undefined) return [];
    const intro =
      incident.hypotheses[0] === lead ? '' : `${text.t('mechanism.notLeading', { cause: text.cause(lead.cause) })}\n\n`;
    const steps = text.chain(lead.cause);
    return [
      {
        type: 'markdown',
        id: `${prefix}mechanism`,
        text: `## ${text.t('mechanism.heading', { cause: text.cause(lead.cause) })}\n\n${intro}${text.mechanism(lead.cause)}`,
      },
      ...(steps.length > 0 ? [{ type: 'chain' as const, id: `${prefix}mechanism-chain`, steps }] : []),
      ...seenOf(lead, inquiry, text, prefix),
      ...compensations(incident, inquiry, text, prefix),
    ];
  },
};

const SEEN = 5;

/** What of the chain was seen in this dump, the mechanism itself first. */
function seenOf(lead: Hypothesis, inquiry: Inquiry, text: Text, prefix: string): Cell[] {
  const rank = ({ clue, weight }: Evidence): number =>
    weight + (text.clueOf(lead.cause, clue)?.role === undefined ? 0 : 1000);
  const seen = lead.evidence
    .filter(({ verdict, shadowed, clue }) => {
      // what did not happen excludes others; the chain itself is what did
      const kind = text.clueOf(lead.cause, clue)?.expect.kind;
      return verdict === 'for' && shadowed !== true && kind !== 'flat' && kind !== 'part' && kind !== 'scope';
    })
    .sort((a, b) => rank(b) - rank(a) || (a.clue < b.clue ? -1 : 1))
    .slice(0, SEEN);
  if (seen.length === 0) return [];
  const lines = seen.map((e) => {
    const says = asHeading(text.clue(lead.cause, e.clue));
    const phrase = evidencePhrase(lead.cause, e, inquiry, text);
    return phrase === text.plain('observed.seen')
      ? escapeMarkdown(says)
      : text.t('mechanism.line', { says, seen: phrase });
  });
  return [
    {
      type: 'markdown',
      id: `${prefix}mechanism-seen`,
      text: `**${text.t('mechanism.seen')}**\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
      cites: seen.flatMap((e) => e.sources.slice(0, 2)),
    },
  ];
}

/** Work that clients wait for says most about what was lost and what was only late; raw counters say it in no words. */
const TELLING = ['app.requests', 'net.tcp.passive_opens', 'net.tcp.segments_out', 'net.interface.tx_bytes'];

function place(signal: string): number {
  const at = TELLING.indexOf(signal);
  return at >= 0 ? at : signal.startsWith('raw:') ? TELLING.length + 1 : TELLING.length;
}

/** Below this share a lobe pays nothing back: it is a wobble beside a burst. */
const LEAST_PAID = 0.1;

/**
 * How much of its larger lobe the smaller one pays back. A plunge can be no deeper than the usual level: one that takes all
 * of it counts as whole, however high the rise was.
 */
function paidBack({ lobes = [], baseline }: Finding): number {
  const [first, second] = lobes;
  if (first === undefined || second === undefined) return 0;
  const sizes = [Math.abs(first.excess), Math.abs(second.excess)];
  const level = second.direction === 'down' ? (baseline * (second.to - second.from)) / 1000 : Infinity;
  return Math.max(
    Math.min(...sizes) / Math.max(...sizes, Number.MIN_VALUE),
    sizes[1]! / Math.max(level, Number.MIN_VALUE),
  );
}

function compensations(incident: Incident, inquiry: Inquiry, text: Text, prefix: string): Cell[] {
  const wanted = new Set(incident.findings);
  const found = inquiry.diagnosis.findings
    .filter((f) => wanted.has(f.id) && f.pattern === 'compensation' && paidBack(f) >= LEAST_PAID)
    .sort((a, b) => place(a.signal) - place(b.signal) || b.strength - a.strength || (a.id < b.id ? -1 : 1))
    .filter((f, i, all) => all.findIndex((other) => other.signal === f.signal) === i)
    .slice(0, 2);
  const cells = found.flatMap((finding, i) =>
    compensationCell(finding, `${prefix}compensation-${i + 1}`, incident, inquiry, text),
  );
  if (cells.length === 0) return [];
  return [
    {
      type: 'markdown',
      id: `${prefix}compensation`,
      text: `### ${text.t('compensation.heading')}\n\n${text.t('compensation.intro')}`,
    },
    ...cells,
  ];
}

function compensationCell(finding: Finding, id: string, incident: Incident, inquiry: Inquiry, text: Text): Cell[] {
  const track = inquiry.tracks.find((t) => t.series.key === finding.series);
  const lobes = finding.lobes ?? [];
  if (track === undefined) return [];
  const span = pictureSpan(inquiry, incident);
  const inside = Array.from(track.time.keys()).filter((i) => track.time[i]! >= span.from && track.time[i]! <= span.to);
  const pick = (from: Float64Array): Float64Array => Float64Array.from(inside, (i) => from[i]!);
  const balance = lobes.map((lobe) => `${lobe.excess > 0 ? '+' : ''}${formatNumber(lobe.excess)}`);
  const pod = visible(finding.labels['pod'] ?? finding.labels['node'] ?? '', 60);
  const name = text.signal(finding.signal);
  const alt = text.plain('compensation.alt', {
    signal: pod === '' ? name : text.plain('compensation.where', { signal: name, where: pod }),
    baseline: text.quantity(finding.baseline, finding.unit),
    balance: balance.join(text.plain('list.comma')),
  });
  const starts = track.from.some((from, i) => from < track.time[i]!)
    ? track.from
    : Float64Array.from(track.time, (t) => t - track.step);
  const data = {
    ...span,
    unit: finding.unit,
    baseline: finding.baseline,
    start: pick(starts),
    time: pick(track.time),
    value: pick(track.value),
    lobes: lobes.map((lobe, i) => ({
      from: lobe.from,
      to: lobe.to,
      direction: lobe.direction,
      label: balance[i] ?? '',
    })),
    language: text.language,
    baselineLabel: text.plain('compensation.baseline', { value: text.quantity(finding.baseline, finding.unit) }),
    timeTitle: text.plain('chart.time'),
    valueTitle: text.unit(finding.unit),
    description: alt,
  };
  return [{ ...chartCell(id, compensation, data, alt, alt), cites: finding.sources }];
}
