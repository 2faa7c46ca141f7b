import { beforeAfter } from '../../charts/before-after.js';
import { evidenceMatrix, type MatrixCell } from '../../charts/evidence-matrix.js';
import { probability } from '../../charts/probability.js';
import { formatNumber, formatShare } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Evidence, Hypothesis, Incident, Observed } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { evidenceSentence } from '../evidence.js';
import { chartCell } from '../pictures.js';
import { entity } from '../pods.js';
import type { Section, SectionContext } from '../section.js';

const DRAWN = 12;
const DETAILED = 8;

/** Which causes fit, which are excluded and how strongly, and what could not be told. */
export const hypotheses: Section = {
  id: 'hypotheses',
  perIncident: true,
  build(context) {
    const { incident, text, prefix } = context;
    if (incident === undefined) return [];
    return [
      { type: 'markdown', id: `${prefix}hypotheses`, text: `## ${text.t('hypotheses.heading')}\n\n${text.t('hypotheses.intro')}` },
      probabilityCell(incident, text, prefix),
      ...matrixCells(incident, text, prefix),
      ...exclusionCells(incident, context),
      ...nothingCells(incident, text, prefix),
      ...incident.hypotheses.filter((h) => h.cause !== 'unknown').slice(0, DETAILED).map((h) => hypothesisCell(h, context)),
      ...restCell(incident, text, prefix),
    ];
  },
};

function probabilityCell(incident: Incident, text: Text, prefix: string): Cell {
  const shown = incident.hypotheses.filter((h, i) => i < 3 || h.probability >= 0.005).slice(0, 8);
  const rows = shown.map((h, i) => ({
    title: text.cause(h.cause),
    probability: h.probability,
    verdict: h.cause === 'unknown' ? '' : text.plain(`hypothesis.${h.verdict}`),
    leading: i === 0,
  }));
  const said = rows.map((row) => `${row.title} ${formatShare(row.probability)}`);
  const alt = text.plain('hypotheses.probability.alt', { causes: text.list(said) });
  const data = { rows, axisTitle: text.plain('hypotheses.probability'), description: alt };
  return chartCell(`${prefix}hypotheses-probability`, probability, data, alt, text.plain('hypotheses.probability.caption'));
}

function matrixCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const shown = incident.hypotheses.filter((h) => h.evidence.length > 0).slice(0, DRAWN);
  const weight = new Map<string, number>();
  for (const h of shown)
    for (const e of h.evidence) {
      const name = columnOf(e, h.cause, text);
      weight.set(name, (weight.get(name) ?? 0) + (e.verdict === 'unknown' ? 0.01 : Math.abs(e.weight)));
    }
  const columns = Array.from(weight.entries())
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name]) => name);
  if (columns.length === 0) return [];
  const cells = shown.flatMap((h, row) => cellsOfRow(h, row, columns, text));
  const legend = {
    for: text.plain('verdict.for'),
    against: text.plain('verdict.against'),
    unknown: text.plain('verdict.unknownWord'),
  };
  const letters = { for: text.plain('letter.for'), against: text.plain('letter.against'), unknown: '?' };
  const alt = text.plain('hypotheses.matrix.alt', { rows: shown.length, columns: Math.min(18, columns.length) });
  const data = { rows: shown.map((h) => text.cause(h.cause)), columns, cells, letters, legend, description: alt };
  return [chartCell(`${prefix}hypotheses-matrix`, evidenceMatrix, data, alt, text.plain('hypotheses.matrix.caption', { n: columns.length }))];
}

function columnOf(evidence: Evidence, cause: string, text: Text): string {
  const expect = text.clueOf(cause, evidence.clue)?.expect;
  if (expect?.kind === 'scope') return text.plain('clue.scope');
  if (expect?.kind === 'fact') return expect.fact;
  return evidence.signal === '' ? text.plain('clue.other') : text.signal(evidence.signal);
}

function cellsOfRow(hypothesis: Hypothesis, row: number, columns: readonly string[], text: Text): MatrixCell[] {
  const strongest = new Map<number, MatrixCell>();
  for (const e of hypothesis.evidence) {
    const column = columns.indexOf(columnOf(e, hypothesis.cause, text));
    const other = strongest.get(column);
    const stronger = other === undefined || (other.verdict === 'unknown' && e.verdict !== 'unknown') || (e.verdict !== 'unknown' && Math.abs(e.weight) > Math.abs(other.weight));
    if (stronger) strongest.set(column, { row, column, verdict: e.verdict, weight: e.weight });
  }
  return Array.from(strongest.values());
}

/** Exclusions with their numbers: change seen, smallest change that would have been seen, share of clues tested. */
function exclusionCells(incident: Incident, { inquiry, text, prefix }: SectionContext): Cell[] {
  const out = incident.hypotheses.filter((h) => h.cause !== 'unknown' && h.evidence.some((e) => e.verdict === 'against' && e.shadowed !== true));
  if (out.length === 0) return [];
  const rows = out.flatMap((h) =>
    h.evidence
      .filter((e) => e.verdict === 'against' && e.shadowed !== true)
      .sort((a, b) => a.weight - b.weight)
      .slice(0, 3)
      .map((e, i): TableValue[] => [
        i === 0 ? text.cause(h.cause) : '',
        i === 0 ? { text: text.plain(`hypothesis.${h.verdict}`), tone: h.verdict === 'excluded' ? 'against' : 'unknown' } : '',
        { text: e.observed === null ? evidenceSentence(h.cause, e, inquiry, text) : text.signal(e.signal), cites: e.sources.slice(0, 3) },
        e.observed === null ? '' : text.quantity(e.observed.change, e.observed.unit),
        e.observed?.mde == null ? '' : text.quantity(e.observed.mde, e.observed.unit),
        i === 0 ? formatShare(h.coverage) : '',
        formatNumber(e.weight),
      ]),
  );
  return [
    { type: 'markdown', id: `${prefix}exclusions`, text: `### ${text.t('exclusions.heading')}\n\n${text.t('exclusions.intro')}` },
    {
      type: 'table',
      id: `${prefix}exclusions-table`,
      caption: text.plain('exclusions.caption'),
      columns: [
        { title: text.plain('column.cause') },
        { title: text.plain('column.verdict') },
        { title: text.plain('column.signal') },
        { title: text.plain('column.changeSeen'), align: 'right' },
        { title: text.plain('column.mde'), align: 'right' },
        { title: text.plain('column.coverage'), align: 'right' },
        { title: text.plain('column.weight'), align: 'right' },
      ],
      rows,
    },
    ...changeChart(incident, inquiry, text, prefix),
  ];
}

/** Every observation with a detectable effect, once per signal, strongest evidence first. */
function changeChart(incident: Incident, _inquiry: Inquiry, text: Text, prefix: string): Cell[] {
  const seen = new Map<string, Observed>();
  for (const h of incident.hypotheses)
    for (const e of h.evidence) if (e.observed?.mde != null && e.observed.mde > 0 && !seen.has(e.signal)) seen.set(e.signal, e.observed);
  const rows = Array.from(seen.entries())
    .map(([signal, o]) => ({
      title: text.signal(signal),
      ratio: o.change / o.mde!,
      moved: o.state === 'up' || o.state === 'down',
      label: text.plain('change.label', { change: text.quantity(o.change, o.unit), mde: text.quantity(o.mde!, o.unit) }),
    }))
    .sort((a, b) => Math.abs(b.ratio) - Math.abs(a.ratio))
    .slice(0, 20);
  if (rows.length === 0) return [];
  const alt = text.plain('change.alt', { moved: rows.filter((r) => r.moved).length, still: rows.filter((r) => !r.moved).length });
  const data = { rows, axisTitle: text.plain('change.axis'), bandTitle: text.plain('change.band'), description: alt };
  return [chartCell(`${prefix}change`, beforeAfter, data, alt, text.plain('change.caption'))];
}

/** The three kinds of nothing: observed flat, collected but blind, not collected. */
function nothingCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const kinds = { flat: new Map<string, string>(), blind: new Map<string, string>(), absent: new Map<string, string>() };
  for (const h of incident.hypotheses)
    for (const e of h.evidence) {
      const state = e.observed?.state ?? (e.verdict === 'unknown' ? 'absent' : undefined);
      if (state === undefined || state === 'up' || state === 'down') continue;
      if (state === 'absent' && e.observed === null && (e.missing ?? []).length > 0)
        for (const name of e.missing ?? []) kinds.absent.set(name, text.signal(name));
      else if (e.signal !== '') kinds[state].set(e.signal, text.signal(e.signal));
    }
  for (const signal of kinds.flat.keys()) for (const other of [kinds.blind, kinds.absent]) other.delete(signal);
  for (const signal of kinds.blind.keys()) kinds.absent.delete(signal);
  const rows = (['flat', 'blind', 'absent'] as const).map((kind): TableValue[] => [
    text.plain(`nothing.${kind}`),
    kinds[kind].size,
    Array.from(kinds[kind].values()).join(text.plain('list.semicolon')) || '–',
  ]);
  return [
    { type: 'markdown', id: `${prefix}nothing`, text: `### ${text.t('nothing.heading')}\n\n${text.t('nothing.intro')}` },
    {
      type: 'table',
      id: `${prefix}nothing-table`,
      columns: [{ title: text.plain('column.kind') }, { title: text.plain('column.signals'), align: 'right' }, { title: text.plain('column.which') }],
      rows,
    },
  ];
}

function hypothesisCell(hypothesis: Hypothesis, { inquiry, text, prefix }: SectionContext): Cell {
  const id = `${prefix}hypothesis-${hypothesis.cause}`;
  const rank: Record<Evidence['verdict'], number> = { for: 0, against: 1, unknown: 2 };
  const evidence = [...hypothesis.evidence].sort((a, b) => rank[a.verdict] - rank[b.verdict] || Math.abs(b.weight) - Math.abs(a.weight));
  const sufficient = hypothesis.sufficient === null ? '' : ` ${text.t(hypothesis.sufficient ? 'hypothesis.sufficient' : 'hypothesis.insufficient')}`;
  const rivals = text.rivals(hypothesis.cause).map((rival) => `- ${text.t('hypothesis.rival', { rival: text.cause(rival.cause), how: { md: rival.tellApart } })}`);
  return {
    type: 'details',
    id,
    summary: text.plain('hypothesis.summary', {
      cause: text.cause(hypothesis.cause),
      verdict: text.plain(`hypothesis.${hypothesis.verdict}`),
      p: formatShare(hypothesis.probability),
    }),
    cells: [
      {
        type: 'markdown',
        id: `${id}-text`,
        text: `${text.mechanism(hypothesis.cause)}\n\n${text.t('hypothesis.numbers', { weight: formatNumber(hypothesis.weight), coverage: formatShare(hypothesis.coverage) })}${sufficient}`,
      },
      {
        type: 'table',
        id: `${id}-evidence`,
        columns: [
          { title: text.plain('column.verdict') },
          { title: text.plain('column.clue') },
          { title: text.plain('column.seen') },
          { title: text.plain('column.entity') },
          { title: text.plain('column.weight'), align: 'right' },
        ],
        rows: evidence.map((e): TableValue[] => [
          { text: mark(e, text), tone: e.verdict },
          text.clue(hypothesis.cause, e.clue),
          { text: evidenceSentence(hypothesis.cause, e, inquiry, text), cites: e.sources.slice(0, 4) },
          { text: entity(e.labels, 60), code: true },
          e.shadowed === true ? text.plain('hypothesis.shadowed', { weight: formatNumber(e.weight) }) : formatNumber(e.weight),
        ]),
      },
      ...(rivals.length > 0 ? [{ type: 'markdown' as const, id: `${id}-rivals`, text: rivals.join('\n') }] : []),
    ],
  };
}

function mark(evidence: Evidence, text: Text): string {
  const shapes = { for: '▲', against: '▼', unknown: '○' } as const;
  const words = { for: 'verdict.for', against: 'verdict.against', unknown: 'verdict.unknownWord' } as const;
  return `${shapes[evidence.verdict]} ${text.plain(words[evidence.verdict])}`;
}

function restCell(incident: Incident, text: Text, prefix: string): Cell[] {
  const rest = incident.hypotheses.filter((h) => h.cause !== 'unknown').slice(DETAILED);
  if (rest.length === 0) return [];
  return [
    {
      type: 'details',
      id: `${prefix}hypotheses-rest`,
      summary: text.plain('hypotheses.rest', { n: rest.length }),
      cells: [
        {
          type: 'table',
          id: `${prefix}hypotheses-rest-table`,
          columns: [
            { title: text.plain('column.cause') },
            { title: text.plain('column.verdict') },
            { title: text.plain('hypotheses.probability'), align: 'right' },
            { title: text.plain('column.coverage'), align: 'right' },
            { title: text.plain('column.weight'), align: 'right' },
          ],
          rows: rest.map((h) => [text.cause(h.cause), text.plain(`hypothesis.${h.verdict}`), formatShare(h.probability), formatShare(h.coverage), formatNumber(h.weight)]),
        },
      ],
    },
  ];
}
