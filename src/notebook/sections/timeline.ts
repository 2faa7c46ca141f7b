import { formatClock, formatDuration } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Finding } from '../../types/finding.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { timelineCell } from '../pictures.js';
import { keySignals, roleOf } from '../signals.js';
import { entity } from '../pods.js';
import type { Section, SectionContext } from '../section.js';

const ROWS = 9;
const ONSETS = 12;

/** Key signals on one time axis, and the order in which they moved. */
export const timeline: Section = {
  id: 'timeline',
  perIncident: true,
  build(context) {
    const { inquiry, incident, text, prefix, options } = context;
    if (incident === undefined) return [];
    const signals = keySignals(inquiry, incident, Number(options['rows'] ?? ROWS) || ROWS);
    const window = { from: formatClock(incident.window.from), to: formatClock(incident.window.to) };
    const chart = timelineCell(`${prefix}timeline-chart`, signals, context, {
      alt: text.plain('timeline.alt', { ...window, signals: text.list(signals.map((s) => text.signal(s))) }),
      caption: text.plain('timeline.caption', window),
    });
    return [
      { type: 'markdown', id: `${prefix}timeline`, text: `## ${text.t('timeline.heading')}\n\n${text.t('timeline.intro')}` },
      ...(chart === undefined ? [] : [chart]),
      ...onsets(context, incident),
    ];
  },
};

function onsets({ inquiry, text, prefix }: SectionContext, incident: Incident): Cell[] {
  const wanted = new Set(incident.findings);
  const found = inquiry.diagnosis.findings
    .filter((finding) => wanted.has(finding.id))
    .sort((a, b) => a.from - b.from || b.strength - a.strength || (a.id < b.id ? -1 : 1));
  if (found.length === 0) return [];
  const main = strongestPerSignal(found).slice(0, ONSETS);
  const cells: Cell[] = [onsetTable(`${prefix}timeline-onsets`, text.plain('timeline.onsets'), main, incident, inquiry, text)];
  if (found.length > main.length)
    cells.push({
      type: 'details',
      id: `${prefix}timeline-all`,
      summary: text.plain('timeline.all', { n: found.length }),
      cells: [onsetTable(`${prefix}timeline-all-findings`, text.plain('timeline.onsets'), found.slice(0, 400), incident, inquiry, text)],
    });
  return cells;
}

/** One finding per signal, the strongest, in order of onset. */
function strongestPerSignal(findings: readonly Finding[]): Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const other = best.get(finding.signal);
    if (other === undefined || finding.strength > other.strength) best.set(finding.signal, finding);
  }
  return Array.from(best.values())
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))
    .slice(0, ONSETS)
    .sort((a, b) => a.from - b.from || b.strength - a.strength || (a.id < b.id ? -1 : 1));
}

function onsetTable(id: string, caption: string, findings: readonly Finding[], incident: Incident, inquiry: Inquiry, text: Text): Cell {
  return {
    type: 'table',
    id,
    caption,
    columns: [
      { title: text.plain('column.onset') },
      { title: text.plain('column.signal') },
      { title: text.plain('column.entity') },
      { title: text.plain('column.pattern') },
      { title: text.plain('column.change'), align: 'right' },
      { title: text.plain('column.role') },
    ],
    rows: findings.map((finding): TableValue[] => [
      { text: `${formatClock(finding.from)} ± ${formatDuration(finding.uncertainty)}`, cites: finding.sources.slice(0, 2) },
      text.signal(finding.signal),
      { text: entity(finding.labels), code: true },
      text.plain(`pattern.${finding.pattern}`),
      `${text.quantity(finding.baseline, finding.unit)} → ${text.quantity(finding.peak, finding.unit)}`,
      text.plain(`role.${roleOf(finding.signal, incident, inquiry, text)}`),
    ]),
  };
}
