import { formatNumber } from '../../text/quantity.js';
import { md, type Text } from '../../text/text.js';
import type { NextEvidence } from '../../types/diagnosis.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { asSentence } from '../parts/sentence.js';
import type { Section } from '../section.js';

/** What to measure next, and what each cause predicts for it. */
export const next: Section = {
  id: 'next',
  perIncident: true,
  build({ incident, text, prefix }) {
    if (incident === undefined || incident.next.length === 0) return [];
    return [
      { type: 'markdown', id: `${prefix}next`, text: `## ${text.t('next.heading')}\n\n${text.t('next.intro')}` },
      ...incident.next.flatMap((measurement, i) => measurementCells(measurement, i + 1, text, prefix)),
    ];
  },
};

function measurementCells(measurement: NextEvidence, n: number, text: Text, prefix: string): Cell[] {
  const id = `${prefix}next-${n}`;
  const owner = [...measurement.splits, ...measurement.predictions.map((p) => p.cause)].find(
    (cause) => text.next(cause, measurement.id) !== undefined,
  );
  const why = owner === undefined ? measurement.why : (text.next(owner, measurement.id)?.why ?? measurement.why);
  const rows = measurement.predictions.map((prediction): TableValue[] => [
    text.cause(prediction.cause),
    asSentence(text.next(prediction.cause, measurement.id)?.expect ?? prediction.expect),
  ]);
  return [
    {
      type: 'markdown',
      id,
      text: text.t('next.step', {
        n,
        why: md(asSentence(why)),
        bits: formatNumber(measurement.bits, 2),
        causes: text.list(measurement.splits.map((c) => text.cause(c))),
      }),
    },
    { type: 'command', id: `${id}-command`, text: measurement.command },
    ...(rows.length > 0
      ? [
          {
            type: 'table' as const,
            id: `${id}-predictions`,
            columns: [{ title: text.plain('column.ifCause') }, { title: text.plain('column.thenOutput') }],
            rows,
          },
        ]
      : []),
  ];
}
