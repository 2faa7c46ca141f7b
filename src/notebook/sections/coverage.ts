import { formatDuration, formatNumber, formatTime } from '../../text/quantity.js';
import { visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { FileReport } from '../../types/case.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import type { Section } from '../section.js';

/** What was given, what could be read, and how finely it was sampled. */
export const coverage: Section = {
  id: 'coverage',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const { files, series } = inquiry.case;
    const samples = series.reduce((n, s) => n + s.time.length, 0);
    const intro = text.t('coverage.intro', {
      files: files.length,
      recognised: files.filter((file) => file.importer !== null).length,
      series: series.length,
      samples: formatCount(samples),
      facts: inquiry.case.facts.length,
      events: inquiry.case.events.length,
    });
    const sampling = inquiry.diagnosis.incidents.map((incident) => samplingSentence(incident, inquiry, text)).filter((s) => s !== '');
    const cells: Cell[] = [
      { type: 'markdown', id: `${prefix}coverage`, text: `## ${text.t('coverage.heading')}\n\n${[intro, ...sampling].join('\n\n')}` },
      byImporter(files, text, prefix),
    ];
    const strangers = files.filter((file) => file.importer === null);
    if (strangers.length > 0) cells.push(unrecognised(strangers, text, prefix));
    return cells;
  },
};

function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** Episodes against the scrape step: a gauge misses what a counter only dilutes. */
function samplingSentence(incident: Incident, inquiry: Inquiry, text: Text): string {
  const length = incident.window.to - incident.window.from;
  const steps = inquiry.tracks.map((track) => track.step).filter((step) => step > 0).sort((a, b) => a - b);
  const typical = steps[Math.floor(steps.length / 2)];
  if (typical === undefined) return '';
  const coarsest = steps.at(-1)!;
  const values = {
    duration: formatDuration(length),
    finest: formatDuration(steps[0]!),
    typical: formatDuration(typical),
    coarsest: formatDuration(coarsest),
    samples: formatNumber(length / typical, 2),
  };
  return text.t(length < 3 * coarsest ? 'coverage.coarse' : 'coverage.fine', values);
}

function byImporter(files: readonly FileReport[], text: Text, prefix: string): Cell {
  const groups = new Map<string, FileReport[]>();
  for (const file of files) {
    if (file.importer === null) continue;
    const group = groups.get(file.importer) ?? [];
    group.push(file);
    groups.set(file.importer, group);
  }
  const rows = Array.from(groups.entries())
    .sort(([, a], [, b]) => total(b, 'samples') - total(a, 'samples') || b.length - a.length)
    .map(([importer, group]): TableValue[] => [
      { text: importer, code: true },
      group.length,
      total(group, 'series'),
      total(group, 'samples'),
      total(group, 'facts'),
      total(group, 'events'),
      stepOf(group),
      spanOf(group),
    ]);
  const right = (key: Parameters<Text['plain']>[0]): { title: string; align: 'right' } => ({ title: text.plain(key), align: 'right' });
  return {
    type: 'table',
    id: `${prefix}coverage-files`,
    caption: text.plain('coverage.table'),
    columns: [
      { title: text.plain('column.format') },
      right('column.files'),
      right('column.series'),
      right('column.samples'),
      right('column.facts'),
      right('column.events'),
      right('column.step'),
      { title: text.plain('column.span') },
    ],
    rows,
  };
}

function total(files: readonly FileReport[], field: 'series' | 'samples' | 'facts' | 'events'): number {
  return files.reduce((n, file) => n + file[field], 0);
}

function stepOf(files: readonly FileReport[]): string {
  const steps = files.flatMap((file) => (file.step !== undefined && file.step > 0 ? [file.step] : []));
  if (steps.length === 0) return '';
  const [low, high] = [Math.min(...steps), Math.max(...steps)];
  return low === high ? formatDuration(low) : `${formatDuration(low)} … ${formatDuration(high)}`;
}

function spanOf(files: readonly FileReport[]): string {
  const spans = files.flatMap((file) => (file.span === undefined ? [] : [file.span]));
  if (spans.length === 0) return '';
  const from = Math.min(...spans.map((s) => s.from));
  const to = Math.max(...spans.map((s) => s.to));
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
        rows: files.slice(0, 200).map((file) => [{ text: visible(file.path, 120), code: true }, file.problems.slice(0, 2).map((p) => text.problem(p)).join('; ')]),
      },
    ],
  };
}
