import { probability } from '../../charts/probability.js';
import { formatNumber, formatShare } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Hypothesis, Incident } from '../../types/diagnosis.js';
import type { Cell } from '../../types/notebook.js';
import { exclusionCells } from '../parts/exclusions.js';
import { hypothesisCell } from '../parts/hypothesis.js';
import { matrixCells } from '../parts/matrix.js';
import { asHeading } from '../parts/sentence.js';
import { nothingCells } from '../parts/nothing.js';
import { chartCell } from '../parts/pictures.js';
import type { Section } from '../section.js';

/** Causes with all their evidence: more only where they are likely. */
const DETAILED = { least: 3, most: 8 } as const;
const LIKELY = 0.005;

/** Which causes fit, which are excluded and how strongly, and what could not be told. */
export const hypotheses: Section = {
  id: 'hypotheses',
  perIncident: true,
  build(context) {
    const { incident, text, prefix } = context;
    if (incident === undefined) return [];
    const known = incident.hypotheses.filter((h) => h.cause !== 'unknown');
    const likely = known.filter((h) => h.probability >= LIKELY).length;
    const detailed = Math.min(DETAILED.most, Math.max(DETAILED.least, likely));
    return [
      {
        type: 'markdown',
        id: `${prefix}hypotheses`,
        text: `## ${text.t('hypotheses.heading')}\n\n${text.t('hypotheses.intro')}`,
      },
      probabilityCell(incident, text, prefix),
      ...matrixCells(incident, text, prefix),
      ...known.slice(0, detailed).map((h) => hypothesisCell(h, context)),
      ...restCell(known.slice(detailed), text, prefix),
      ...exclusionCells(incident, context),
      ...nothingCells(incident, text, prefix),
    ];
  },
};

function probabilityCell(incident: Incident, text: Text, prefix: string): Cell {
  const shown = incident.hypotheses
    .filter((h, i) => i < 3 || h.probability >= LIKELY || h.cause === 'unknown')
    .slice(0, 8);
  const rows = shown.map((h, i) => ({
    title: text.cause(h.cause),
    probability: h.probability,
    verdict: h.cause === 'unknown' ? '' : text.plain(`hypothesis.${h.verdict}`),
    leading: i === 0,
  }));
  const said = rows.map((row) => `${row.title} ${formatShare(row.probability)}`);
  const alt = text.plain('hypotheses.probability.alt', { causes: text.list(said) });
  const data = { rows, axisTitle: text.plain('hypotheses.probability'), description: alt };
  return chartCell(
    `${prefix}hypotheses-probability`,
    probability,
    data,
    alt,
    text.plain('hypotheses.probability.caption'),
  );
}

function restCell(rest: readonly Hypothesis[], text: Text, prefix: string): Cell[] {
  if (rest.length === 0) return [];
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const table: Cell = {
    type: 'table',
    id: `${prefix}hypotheses-rest-table`,
    columns: [
      { title: text.plain('column.cause') },
      { title: text.plain('column.verdict') },
      right(asHeading(text.plain('hypotheses.probability'))),
      right(text.plain('column.coverage')),
      right(text.plain('column.weight')),
    ],
    rows: rest.map((h) => [
      text.cause(h.cause),
      text.plain(`hypothesis.${h.verdict}`),
      formatShare(h.probability),
      formatShare(h.coverage),
      formatNumber(h.weight),
    ]),
  };
  return [
    {
      type: 'details',
      id: `${prefix}hypotheses-rest`,
      summary: text.plain('hypotheses.rest', { n: rest.length }),
      cells: [table],
    },
  ];
}
