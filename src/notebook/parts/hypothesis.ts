import { formatNumber, formatShare } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Evidence, Hypothesis } from '../../types/diagnosis.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import type { SectionContext } from '../section.js';
import { evidencePhrase } from './evidence.js';
import { entity } from './pods.js';

const RANK: Readonly<Record<Evidence['verdict'], number>> = { for: 0, against: 1, unknown: 2 };

/** One cause with all its evidence, folded. */
export function hypothesisCell(hypothesis: Hypothesis, context: SectionContext): Cell {
  const { text, prefix } = context;
  const id = `${prefix}hypothesis-${hypothesis.cause}`;
  const told = text.t('hypothesis.numbers', {
    weight: formatNumber(hypothesis.weight),
    coverage: formatShare(hypothesis.coverage),
  });
  const sufficient =
    hypothesis.sufficient === null
      ? ''
      : ` ${text.t(hypothesis.sufficient ? 'hypothesis.sufficient' : 'hypothesis.insufficient')}`;
  const rivals = text
    .rivals(hypothesis.cause)
    .map(
      (rival) => `- ${text.t('hypothesis.rival', { rival: text.cause(rival.cause), how: { md: rival.tellApart } })}`,
    );
  return {
    type: 'details',
    id,
    summary: text.plain('hypothesis.summary', {
      cause: text.cause(hypothesis.cause),
      verdict: text.plain(`hypothesis.${hypothesis.verdict}`),
      p: formatShare(hypothesis.probability),
    }),
    cells: [
      { type: 'markdown', id: `${id}-text`, text: `${text.mechanism(hypothesis.cause)}\n\n${told}${sufficient}` },
      evidenceTable(`${id}-evidence`, hypothesis, context),
      ...(rivals.length > 0 ? [{ type: 'markdown' as const, id: `${id}-rivals`, text: rivals.join('\n') }] : []),
    ],
  };
}

function evidenceTable(id: string, { cause, evidence }: Hypothesis, { inquiry, text }: SectionContext): Cell {
  const sorted = [...evidence].sort(
    (a, b) => RANK[a.verdict] - RANK[b.verdict] || Math.abs(b.weight) - Math.abs(a.weight),
  );
  return {
    type: 'table',
    id,
    columns: [
      { title: text.plain('column.verdict') },
      { title: text.plain('column.clue') },
      { title: text.plain('column.seen') },
      { title: text.plain('column.entity') },
      { title: text.plain('column.weight'), align: 'right' },
    ],
    rows: sorted.map((e): TableValue[] => [
      { text: mark(e, text), tone: e.verdict },
      text.clue(cause, e.clue),
      { text: evidencePhrase(cause, e, inquiry, text), cites: e.sources.slice(0, 4) },
      { text: entity(e.labels, 60), code: true },
      weightCell(e, text),
    ]),
  };
}

function weightCell({ weight, shadowed, explainedBy }: Evidence, text: Text): string {
  if (shadowed === true) return text.plain('hypothesis.shadowed', { weight: formatNumber(weight) });
  if (explainedBy === undefined) return formatNumber(weight);
  return text.plain('hypothesis.explained', { weight: formatNumber(weight), cause: text.cause(explainedBy) });
}

function mark(evidence: Evidence, text: Text): string {
  const shapes = { for: '▲', against: '▼', unknown: '○' } as const;
  const words = { for: 'verdict.for', against: 'verdict.against', unknown: 'verdict.unknownWord' } as const;
  return `${shapes[evidence.verdict]} ${text.plain(words[evidence.verdict])}`;
}
