import { formatClock } from '../../text/quantity.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Finding } from '../../types/finding.js';
import type { Cell } from '../../types/notebook.js';
import { timelineCell } from '../parts/pictures.js';
import { keySignals, roleOf } from '../parts/signals.js';
import { findingTable } from '../parts/findings.js';
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
      caption:
        text.plain('timeline.caption', window) +
        (inquiry.diagnosis.incidents.length > 1 ? ` ${text.plain('timeline.others')}` : ''),
    });
    return [
      {
        type: 'markdown',
        id: `${prefix}timeline`,
        text: `## ${text.t('timeline.heading')}\n\n${text.t('timeline.intro')}`,
      },
      ...(chart === undefined ? [] : [chart]),
      ...onsets(context, incident),
    ];
  },
};

function onsets({ inquiry, text, prefix }: SectionContext, incident: Incident): Cell[] {
  const wanted = new Set(incident.findings);
  const found = inquiry.diagnosis.findings.filter((finding) => wanted.has(finding.id));
  const main = strongestPerSignal(found, new Set(keySignals(inquiry, incident, 2 * ONSETS)));
  if (main.length === 0) return [];
  const roles = main.map((finding) => text.plain(`role.${roleOf(finding.signal, incident, text)}`));
  return [findingTable(`${prefix}timeline-onsets`, text.plain('timeline.onsets'), main, text, roles)];
}

/** One finding per signal in order of onset: the strongest, a drift only where nothing sharper was found. */
function strongestPerSignal(findings: readonly Finding[], known: ReadonlySet<string>): Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    if (!known.has(finding.signal)) continue;
    const other = best.get(finding.signal);
    const sharper = (other?.pattern === 'trend' ? 1 : 0) - (finding.pattern === 'trend' ? 1 : 0);
    if (other === undefined || sharper > 0 || (sharper === 0 && finding.strength > other.strength))
      best.set(finding.signal, finding);
  }
  return Array.from(best.values())
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))
    .slice(0, ONSETS)
    .sort((a, b) => a.from - b.from || b.strength - a.strength || (a.id < b.id ? -1 : 1));
}
