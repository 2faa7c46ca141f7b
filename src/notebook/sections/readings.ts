import type { Text } from '../../text/text.js';
import { md } from '../../text/text.js';
import type { Incident, Reading } from '../../types/diagnosis.js';
import type { Cell } from '../../types/notebook.js';
import { argument } from '../evidence.js';
import { timelineCell } from '../pictures.js';
import type { Section, SectionContext } from '../section.js';

/** What the signals say, one numbered step after the other, each with its picture and its sources. */
export const readings: Section = {
  id: 'readings',
  perIncident: true,
  build(context) {
    const { incident, text, prefix } = context;
    if (incident === undefined || incident.readings.length === 0) return [];
    const told = incident.readings.filter((reading) => reading.verdict !== 'unknown');
    const untold = incident.readings.filter((reading) => reading.verdict === 'unknown');
    return [
      { type: 'markdown', id: `${prefix}readings`, text: `## ${text.t('readings.heading')}\n\n${text.t('readings.intro')}` },
      ...told.flatMap((reading, i) => readingCells(reading, i + 1, incident, context)),
      ...(untold.length > 0 ? [untestable(untold, text, prefix)] : []),
    ];
  },
};

function sentence(reading: Reading, text: Text): string {
  const words = text.reading(reading.id);
  const template = (reading.verdict === 'against' ? words?.deniedBy : words?.says) ?? reading.id;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(reading.args, name) ? argument(reading.args[name]!, text) : whole,
  );
}

function readingCells(reading: Reading, n: number, incident: Incident, context: SectionContext): Cell[] {
  const { text, prefix } = context;
  const mark = reading.verdict === 'for' ? text.t('readings.holds') : text.t('readings.denied');
  const id = `${prefix}reading-${n}`;
  const signals = Array.from(new Set(reading.signals)).slice(0, 4);
  const chart = timelineCell(`${id}-chart`, signals, { ...context, incident }, {
    alt: text.plain('readings.alt', { n, signals: text.list(signals.map((s) => text.signal(s))) }),
    height: 62,
  });
  const body = text.t('readings.step', { n, mark: md(mark), sentence: md(sentence(reading, text)) });
  return [
    { type: 'markdown', id, text: `### ${body.split('\n')[0] ?? ''}\n\n${body.split('\n').slice(1).join('\n').trim()}`, cites: reading.sources },
    ...(chart === undefined ? [] : [chart]),
  ];
}

function untestable(untold: readonly Reading[], text: Text, prefix: string): Cell {
  return {
    type: 'details',
    id: `${prefix}readings-unknown`,
    summary: text.plain('readings.unknown', { n: untold.length }),
    cells: [
      {
        type: 'table',
        id: `${prefix}readings-unknown-table`,
        columns: [{ title: text.plain('column.reading') }, { title: text.plain('column.needs') }],
        rows: untold.map((reading) => [plainTemplate(reading, text), text.list(reading.signals.map((s) => text.signal(s)))]),
      },
    ],
  };
}

/** The sentence without its numbers, for a reading that could not be drawn. */
function plainTemplate(reading: Reading, text: Text): string {
  return sentence(reading, text).replace(/\{\w+\}/g, '…').replace(/[*`\\]/g, '');
}
