import { formatCount } from '../../text/quantity.js';
import { visible } from '../../text/escape.js';
import type { MessageKey, Text } from '../../text/text.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { clocksCell } from '../parts/clocks.js';
import { findingTable } from '../parts/findings.js';
import { formatCells } from '../parts/formats.js';
import { problemCells } from '../parts/problems.js';
import type { Section } from '../section.js';

/** Rows of a table in the report; the JSON has all. */
const LIMIT = 150;

/** Where every number came from, how it was computed, what was assumed, what went wrong. */
export const appendix: Section = {
  id: 'appendix',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const id = `${prefix}appendix`;
    return [
      { type: 'markdown', id, text: `## ${text.t('appendix.heading')}` },
      {
        type: 'details',
        id: `${id}-sources`,
        summary: text.plain('appendix.sources'),
        cells: [
          { type: 'markdown', id: `${id}-sources-intro`, text: text.t('appendix.sources.intro') },
          {
            type: 'sources',
            id: `${id}-sources-list`,
            columns: (['column.number', 'column.file', 'column.line', 'column.name', 'column.conversion'] as const).map(
              (key) => text.plain(key),
            ),
            more: text.plain('appendix.sources.more'),
          },
        ],
      },
      assumptions(inquiry, text, id),
      clocksCell(inquiry, text, id),
      methods(text, id),
      ...findings(inquiry, text, id),
      ...problemCells(inquiry.diagnosis.problems, text, id),
      ...formatCells(inquiry.case, text, id),
      files(inquiry, text, id),
    ];
  },
};

function assumptions(inquiry: Inquiry, text: Text, id: string): Cell {
  const assumed = inquiry.case.facts.filter((fact) => fact.assumed === true);
  const { options } = inquiry;
  const lines: string[] = [];
  if (options.from !== undefined || options.to !== undefined) lines.push(text.t('assumptions.window'));
  if (options.symptom !== undefined)
    lines.push(text.t('assumptions.symptom', { signal: text.signal(options.symptom) }));
  for (const [name, value] of Object.entries(options.only ?? {}))
    lines.push(text.t('assumptions.only', { name, value }));
  for (const fact of assumed) lines.push(text.t('assumptions.fact', { name: fact.name, value: String(fact.value) }));
  for (const glob of options.without ?? []) lines.push(text.t('assumptions.without', { glob }));
  for (const tz of options.tz ?? []) lines.push(text.t('assumptions.zone', { zone: tz.zone, glob: tz.glob ?? '*' }));
  const body = lines.length === 0 ? text.t('assumptions.none') : lines.map((line) => `- ${line}`).join('\n');
  return {
    type: 'details',
    id: `${id}-assumptions`,
    summary: text.plain('assumptions.heading'),
    cells: [{ type: 'markdown', id: `${id}-assumptions-list`, text: body }],
  };
}

/** One paragraph per method, each naming its literature. */
const METHODS: readonly MessageKey[] = [
  'method.rates',
  'method.baseline',
  'method.burst',
  'method.mde',
  'method.fdr',
  'method.window',
  'method.scope',
  'method.dose',
  'method.weights',
  'method.next',
  'method.charts',
];

function methods(text: Text, id: string): Cell {
  return {
    type: 'details',
    id: `${id}-methods`,
    summary: text.plain('methods.heading'),
    cells: [{ type: 'markdown', id: `${id}-methods-list`, text: METHODS.map((key) => `- ${text.t(key)}`).join('\n') }],
  };
}

function findings(inquiry: Inquiry, text: Text, id: string): Cell[] {
  const all = [...inquiry.diagnosis.findings].sort(
    (a, b) => a.from - b.from || b.strength - a.strength || (a.id < b.id ? -1 : 1),
  );
  if (all.length === 0) return [];
  const summary = text.plain('findings.heading', { n: all.length });
  const more =
    all.length > LIMIT
      ? [
          {
            type: 'markdown' as const,
            id: `${id}-findings-more`,
            text: text.t('findings.cut', { n: all.length - LIMIT }),
          },
        ]
      : [];
  return [
    {
      type: 'details',
      id: `${id}-findings`,
      summary,
      cells: [findingTable(`${id}-findings-table`, summary, all.slice(0, LIMIT), text), ...more],
    },
  ];
}

function files(inquiry: Inquiry, text: Text, id: string): Cell {
  const list = inquiry.case.files;
  const rows = list
    .slice(0, LIMIT)
    .map((file): TableValue[] => [
      { text: visible(file.path, 120), code: true },
      file.importer === null ? text.plain('files.none') : { text: file.importer, code: true },
      file.series,
      file.samples,
      file.facts,
      file.events,
    ]);
  const right = (key: MessageKey): { title: string; align: 'right' } => ({ title: text.plain(key), align: 'right' });
  return {
    type: 'details',
    id: `${id}-files`,
    summary: text.plain('files.heading', { n: formatCount(list.length) }),
    cells: [
      {
        type: 'table',
        id: `${id}-files-table`,
        columns: [
          { title: text.plain('column.file') },
          { title: text.plain('column.format') },
          right('column.series'),
          right('column.samples'),
          right('column.facts'),
          right('column.events'),
        ],
        rows,
      },
      ...(list.length > rows.length
        ? [
            {
              type: 'markdown' as const,
              id: `${id}-files-more`,
              text: text.t('problems.cut', { n: list.length - rows.length }),
            },
          ]
        : []),
    ],
  };
}
