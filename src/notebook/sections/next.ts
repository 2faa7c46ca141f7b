import { formatNumber } from '../../text/quantity.js';
import { md, type Text } from '../../text/text.js';
import type { Incident, NextEvidence } from '../../types/diagnosis.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { asSentence } from '../parts/sentence.js';
import type { Section } from '../section.js';

/** What to measure next, and what each cause predicts for it. */
export const next: Section = {
  id: 'next',
  perIncident: true,
  build({ incident, text, prefix }) {
    if (incident === undefined) return [];
    const asked = worthAsking(incident);
    if (asked.length === 0) return [];
    return [
      { type: 'markdown', id: `${prefix}next`, text: `## ${text.t('next.heading')}\n\n${text.t('next.intro')}` },
      ...asked.flatMap((measurement, i) => measurementCells(measurement, i + 1, text, prefix)),
    ];
  },
};

/** A measurement that can hardly change the verdict is no work to give a customer. */
const LEAST_BITS = 0.02;

/** Of a confirmed cause only what can still change the verdict is asked for; the diagnosis lists every measurement. */
export function worthAsking({ verdict, next: measurements }: Incident): readonly NextEvidence[] {
  return verdict === 'confirmed' ? measurements.filter(({ bits }) => bits >= LEAST_BITS) : measurements;
}

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
