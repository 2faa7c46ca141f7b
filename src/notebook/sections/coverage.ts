import { formatCount, formatDuration, formatNumber, formatTime } from '../../text/quantity.js';
import { visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { Case, FileReport } from '../../types/case.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Series } from '../../types/series.js';
import type { Cell, Column, TableValue } from '../../types/notebook.js';
import { artefactCells } from '../parts/artefacts.js';
import { clockSentences } from '../parts/clocks.js';
import type { Section } from '../section.js';

/** Formats in the open table; further ones are folded. */
const SHOWN = 10;

/** What was given, what could be read, and how finely it was sampled. */
export const coverage: Section = {
  id: 'coverage',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const { files } = inquiry.case;
    const { series, samples, facts, events } = inquiry.diagnosis.dump;
    const intro = text.t('coverage.intro', {
      files: formatCount(files.length),
      recognised: formatCount(files.filter((file) => file.importer !== null).length),
      series: formatCount(series),
      samples: formatCount(samples),
      facts: formatCount(facts),
      events: formatCount(events),
    });
    const sampling = inquiry.diagnosis.incidents
      .map((incident, i, all) => {
        const said = samplingSentence(incident, inquiry, text);
        const which = text.t('incident.number', { n: i + 1, of: all.length });
        return said === '' || all.length === 1 ? said : `**${which}** ${said}`;
      })
      .filter((s) => s !== '');
    const cells: Cell[] = [
      {
        type: 'markdown',
        id: `${prefix}coverage`,
        text: `## ${text.t('coverage.heading')}\n\n${[intro, ...clockSentences(inquiry, text), ...sampling].join('\n\n')}`,
      },
      ...artefactCells(inquiry.diagnosis.artefacts, text, prefix),
      ...byImporter(inquiry.case, text, prefix),
    ];
    const strangers = files.filter((file) => file.importer === null);
    if (strangers.length > 0) cells.push(unrecognised(strangers, text, prefix));
    return cells;
  },
};

/** Episodes against the scrape step: a gauge misses what a counter only dilutes. */
function samplingSentence(incident: Incident, inquiry: Inquiry, text: Text): string {
  const length = incident.window.to - incident.window.from;
  const { sampling } = inquiry.diagnosis;
  if (sampling === null) return '';
  const { finest, typical, coarsest } = sampling;
  const values = {
    duration: formatDuration(length),
    finest: formatDuration(finest),
    typical: formatDuration(typical),
    coarsest: formatDuration(coarsest),
    samples: formatNumber(length / typical, 2),
  };
  if (values.finest === values.coarsest)
    return text.t(length < 3 * coarsest ? 'coverage.coarse.even' : 'coverage.fine.even', values);
  return text.t(length < 3 * coarsest ? 'coverage.coarse' : 'coverage.fine', values);
}

function byImporter(seen: Case, text: Text, prefix: string): Cell[] {
  const { files } = seen;
  const right = (key: Parameters<Text['plain']>[0]): { title: string; align: 'right' } => ({
    title: text.plain(key),
    align: 'right',
  });
  const columns: readonly Column[] = [
    { title: text.plain('column.format') },
    right('column.files'),
    right('column.series'),
    right('column.samples'),
    right('column.facts'),
    right('column.events'),
    right('column.step'),
    { title: text.plain('column.span'), unbroken: true },
  ];
  const groups = new Map<string, FileReport[]>();
  for (const file of files) {
    if (file.importer === null) continue;
    const group = groups.get(file.importer) ?? [];
    group.push(file);
    groups.set(file.importer, group);
  }
  const rows = Array.from(groups.entries())
    .map(([importer, group]) => ({
      importer,
      group,
      series: seen.series.filter((s) => s.source.importer === importer),
    }))
    .sort((a, b) => samplesOf(b.series) - samplesOf(a.series) || b.group.length - a.group.length)
    .map(({ importer, group, series }): TableValue[] => [
      { text: importer, code: true },
      count(group.length),
      count(series.length),
      count(samplesOf(series)),
      count(total(group, 'facts')),
      count(total(group, 'events')),
      stepOf(series),
      spanOf(series),
    ]);
  const table = (id: string, part: readonly TableValue[][], caption: string): Cell => ({
    type: 'table',
    id,
    caption,
    columns,
    rows: part,
  });
  const cells = [table(`${prefix}coverage-files`, rows.slice(0, SHOWN), text.plain('coverage.table'))];
  const rest = rows.slice(SHOWN);
  if (rest.length > 0)
    cells.push({
      type: 'details',
      id: `${prefix}coverage-more`,
      summary: text.plain('coverage.more', { n: rest.length }),
      cells: [table(`${prefix}coverage-more-files`, rest, text.plain('coverage.table'))],
    });
  return cells;
}

/** Nothing is left blank, zero is not: a zero in a table of counts only hides the others. */
function count(n: number): string {
  return n === 0 ? '' : formatCount(n);
}

function samplesOf(series: readonly Series[]): number {
  return series.reduce((n, one) => n + one.time.length, 0);
}

function total(files: readonly FileReport[], field: 'facts' | 'events'): number {
  return files.reduce((n, file) => n + file[field], 0);
}

function stepOf(series: readonly Series[]): string {
  const steps = series.flatMap(({ step }) => (step > 0 ? [step] : []));
  if (steps.length === 0) return '';
  const low = steps.reduce((a, b) => Math.min(a, b));
  const high = steps.reduce((a, b) => Math.max(a, b));
  return formatDuration(low) === formatDuration(high)
    ? formatDuration(low)
    : `${formatDuration(low)} … ${formatDuration(high)}`;
}

function spanOf(series: readonly Series[]): string {
  let from = Infinity;
  let to = -Infinity;
  for (const { time } of series) {
    from = Math.min(from, time[0] ?? Infinity);
    to = Math.max(to, time.at(-1) ?? -Infinity);
  }
  if (!(to >= from)) return '';
  return `${formatTime(from)} … ${formatTime(to).slice(11)}`;
}

function unrecognised(files: readonly FileReport[], text: Text, prefix: string): Cell {
  return {
    type: 'details',
    id: `${prefix}coverage-unrecognised`,
    summary: text.plain('coverage.unrecognised', { n: files.length }),
    cells: [
      {
        type: 'table',
        id: `${prefix}coverage-unrecognised-files`,
        columns: [{ title: text.plain('column.file') }, { title: text.plain('column.why') }],
        rows: files.slice(0, 200).map((file) => [
          { text: visible(file.path, 120), code: true },
          file.problems
            .slice(0, 2)
            .map((p) => text.problem(p))
            .join('; '),
        ]),
      },
    ],
  };
}
