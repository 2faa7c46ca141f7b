import type { Text } from '../../text/text.js';
import { tolerancePhrase } from '../../text/expected.js';
import type { Incident, Reading } from '../../types/diagnosis.js';
import type { Cell } from '../../types/notebook.js';
import { escapeMarkdown } from '../../text/escape.js';
import { formatNumber } from '../../text/quantity.js';
import { observationsOf, observedPhrase, nearly, stoodOut } from '../parts/evidence.js';
import { timelineCell } from '../parts/pictures.js';
import { asHeading } from '../parts/sentence.js';
import type { Section, SectionContext } from '../section.js';

/** What the signals say, one numbered step after the other, each with its figures, its picture and its sources. */
export const readings: Section = {
  id: 'readings',
  perIncident: true,
  build(context) {
    const { incident, text, prefix } = context;
    if (incident === undefined || incident.readings.length === 0) return [];
    const told = incident.readings.filter((reading) => reading.verdict !== 'unknown');
    const before: Before = { drawn: new Set(), said: new Map() };
    const untold = incident.readings.filter((reading) => reading.verdict === 'unknown');
    return [
      {
        type: 'markdown',
        id: `${prefix}readings`,
        text: `## ${text.t('readings.heading')}\n\n${text.t('readings.intro')}`,
      },
      ...told.flatMap((reading, i) => readingCells(reading, i + 1, incident, context, before)),
      ...(untold.length > 0 ? [untestable(untold, text, prefix)] : []),
    ];
  },
};

/** The statement that the data bear out: the reading, or its contrary. Numbers in our format, foreign text escaped. */
function statement(reading: Reading, text: Text): string {
  const words = text.reading(reading.id);
  const template = (reading.verdict === 'against' ? words?.deniedBy : words?.says) ?? reading.id;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(reading.args, name) ? reading.args[name]! : whole;
    return typeof value === 'number' ? formatNumber(value) : escapeMarkdown(value);
  });
}

/** What earlier steps have drawn and said: neither is repeated. */
interface Before {
  readonly drawn: Set<string>;
  /** The step in which a line of numbers was first written. */
  readonly said: Map<string, number>;
}

function readingCells(
  reading: Reading,
  n: number,
  incident: Incident,
  context: SectionContext,
  before: Before,
): Cell[] {
  const { text, prefix } = context;
  const id = `${prefix}reading-${n}`;
  const signals = Array.from(new Set(reading.signals)).filter((signal) => !before.drawn.has(signal)).slice(0, 4); // prettier-ignore
  signals.forEach((signal) => before.drawn.add(signal));
  const chart = timelineCell(
    `${id}-chart`,
    signals,
    { ...context, incident },
    {
      alt: text.plain('readings.alt', { n, signals: text.list(signals.map((s) => text.signal(s))) }),
      height: 62,
      legend: false,
    },
  );
  const observations = observationsOf(reading.args);
  const numbers = observations.map(({ n: place, signal: about, observed }) => {
    const signal = text.signal(about);
    const tolerated = tolerancePhrase(text.expectation(reading.id, place), observed, text);
    const line = text.t('readings.number', { signal, seen: observedPhrase(observed, text) + tolerated });
    const first = before.said.get(line);
    if (first !== undefined) return text.t('readings.again', { signal, n: first });
    before.said.set(line, n);
    return line;
  });
  const body = numbers.map((line) => `- ${line}`).join('\n');
  return [
    {
      type: 'markdown',
      id,
      text: `### ${n}. ${asHeading(statement(reading, text))}\n\n${body}`,
      cites: reading.sources,
    },
    ...(chart === undefined ? [] : [folded(chart, observations, text)]),
  ];
}

/** Pictures of what stood still are evidence, but nobody reads a dozen level lines: they are folded. */
function folded(chart: Cell, observations: ReturnType<typeof observationsOf>, text: Text): Cell {
  const still = observations.length > 0 && observations.every(({ observed }) => (observed.state === 'flat' || observed.state === 'blind') && !stoodOut(observed) && !nearly(observed)); // prettier-ignore
  if (!still) return chart;
  const names = Array.from(new Set(observations.map(({ signal }) => text.signal(signal))));
  return {
    type: 'details',
    id: `${chart.id}-folded`,
    summary: text.plain('readings.still', { signals: text.list(names) }),
    cells: [chart],
  };
}

function untestable(untold: readonly Reading[], text: Text, prefix: string): Cell {
  const name = (signal: string): string => (signal === 'scope' ? text.plain('clue.scope') : text.signal(signal));
  return {
    type: 'details',
    id: `${prefix}readings-unknown`,
    summary: text.plain('readings.unknown', { n: untold.length }),
    cells: [
      {
        type: 'table',
        id: `${prefix}readings-unknown-table`,
        columns: [{ title: text.plain('column.reading') }, { title: text.plain('column.needs') }],
        // without its numbers, for a reading that could not be drawn
        rows: untold.map((reading) => [
          asHeading(
            statement(reading, text)
              .replace(/\{\w+\}/g, '…')
              .replace(/[*`\\]/g, ''),
          ),
          text.list(reading.signals.map(name)),
        ]),
      },
    ],
  };
}
