import { beforeAfter } from '../../charts/before-after.js';
import { formatNumber, formatShare } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Evidence, Hypothesis, Incident, Observed } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import type { SectionContext } from '../section.js';
import { expectedPhrase } from '../../text/expected.js';
import { evidencePhrase, subject, tighter } from './evidence.js';
import { chartCell } from './pictures.js';

const CHARTED = 16;

/** Exclusions with their numbers: change seen, smallest change that would have been seen, share of clues tested. */
export function exclusionCells(incident: Incident, { inquiry, text, prefix }: SectionContext): Cell[] {
  const doubted = incident.hypotheses.filter((h) => h.cause !== 'unknown' && against(h).length > 0);
  if (doubted.length === 0) return [];
  const out = doubted.filter((h) => h.verdict === 'excluded');
  const rest = doubted.filter((h) => h.verdict !== 'excluded');
  const cells: Cell[] = [
    {
      type: 'markdown',
      id: `${prefix}exclusions`,
      text: `### ${text.t('exclusions.heading')}\n\n${text.t(out.length > 0 ? 'exclusions.intro' : 'exclusions.none')}`,
    },
  ];
  if (out.length > 0)
    cells.push(table(`${prefix}exclusions-table`, out, inquiry, text, text.plain('exclusions.caption')));
  if (rest.length > 0)
    cells.push({
      type: 'details',
      id: `${prefix}exclusions-rest`,
      summary: text.plain('exclusions.rest', { n: rest.length }),
      cells: [table(`${prefix}exclusions-rest-table`, rest, inquiry, text)],
    });
  return [...cells, ...changeCells(incident, text, prefix)];
}

function against(hypothesis: Hypothesis): Evidence[] {
  return hypothesis.evidence
    .filter((e) => e.verdict === 'against' && e.shadowed !== true)
    .sort((a, b) => a.weight - b.weight || (a.clue < b.clue ? -1 : 1));
}

/** What was looked at; without numbers of its own also what was found. */
function looked(cause: string, evidence: Evidence, inquiry: Inquiry, text: Text): string {
  const name = subject(cause, evidence, text);
  if (evidence.observed !== null) return name;
  const phrase = evidencePhrase(cause, evidence, inquiry, text);
  return phrase.startsWith(name) ? phrase : text.plain('exclusions.looked', { name, phrase });
}

/** The smallest change that would have been seen; where less is certain, the most it can have been. */
function visibleFrom(observed: Observed | null, text: Text): string {
  if (observed === null) return '';
  const ceiling = tighter(observed);
  if (ceiling === 0) return text.plain('exclusions.still');
  if (ceiling !== null) return text.plain('exclusions.ceiling', { value: text.quantity(ceiling, observed.unit) });
  const { mde, limits, unit } = observed;
  // what decides is the limit of the change, which may lie below the smallest change that is sure to be seen
  const most = limits?.high ?? Infinity;
  if (most >= 0 && most < (mde ?? Infinity)) return text.plain('exclusions.most', { value: text.quantity(most, unit) });
  return mde === null ? '' : text.quantity(mde, unit);
}

function table(id: string, hypotheses: readonly Hypothesis[], inquiry: Inquiry, text: Text, caption?: string): Cell {
  const rows = hypotheses.flatMap((h) =>
    against(h)
      .slice(0, 2)
      .map((e, i): TableValue[] => [
        i === 0 ? { text: text.cause(h.cause), ...(h.verdict === 'excluded' ? { tone: 'strong' as const } : {}) } : '',
        { text: looked(h.cause, e, inquiry, text), cites: e.sources.slice(0, 3) },
        expectedPhrase(text.clueOf(h.cause, e.clue)?.expect, e.observed?.unit, text),
        e.observed === null ? '' : text.quantity(e.observed.change, e.observed.unit),
        visibleFrom(e.observed, text),
        formatNumber(e.weight),
        i === 0 ? formatShare(h.coverage) : '',
      ]),
  );
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  return {
    type: 'table',
    id,
    ...(caption === undefined ? {} : { caption }),
    columns: [
      { title: text.plain('column.cause') },
      { title: text.plain('column.lookedAt') },
      { title: text.plain('column.expected') },
      right(text.plain('column.changeSeen')),
      right(text.plain('column.mde')),
      right(text.plain('column.weight')),
      right(text.plain('column.coverage')),
    ],
    rows,
  };
}

/** Every observation with a detectable effect, once per signal: what moved, and what stood still how surely. */
function changeCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const seen = new Map<string, Observed>();
  for (const h of incident.hypotheses)
    for (const e of h.evidence)
      if (e.observed?.mde != null && e.observed.mde > 0 && !seen.has(e.signal)) seen.set(e.signal, e.observed);
  const all = Array.from(seen.entries()).map(([signal, o]) => ({
    title: text.signal(signal),
    ratio: o.change / o.mde!,
    moved: o.state === 'up' || o.state === 'down',
    label: text.plain('change.label', { change: text.quantity(o.change, o.unit), mde: text.quantity(o.mde!, o.unit) }),
  }));
  const order = (a: { ratio: number; title: string }, b: { ratio: number; title: string }): number =>
    Math.abs(b.ratio) - Math.abs(a.ratio) || (a.title < b.title ? -1 : 1);
  const moved = all.filter((row) => row.moved).sort(order);
  const still = all.filter((row) => !row.moved).sort(order);
  const half = Math.max(CHARTED / 2, CHARTED - still.length);
  const rows = [...moved.slice(0, half), ...still.slice(0, CHARTED - Math.min(half, moved.length))];
  if (rows.length === 0) return [];
  const alt = text.plain('change.alt', { moved: moved.length, still: still.length });
  const data = { rows, axisTitle: text.plain('change.axis'), bandTitle: text.plain('change.band'), description: alt };
  const caption = text.plain('change.caption', { shown: rows.length, all: all.length });
  return [chartCell(`${prefix}change`, beforeAfter, data, alt, caption)];
}
