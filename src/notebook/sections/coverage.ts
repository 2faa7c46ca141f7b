import { formatCount, formatDuration, formatNumber } from '../../text/quantity.js';
import { visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { FileReport } from '../../types/case.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell } from '../../types/notebook.js';
import { artefactCells } from '../parts/artefacts.js';
import { clockSentences } from '../parts/clocks.js';
import { lossParagraph } from '../parts/losses.js';
import type { Section } from '../section.js';

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
        text: `## ${text.t('coverage.heading')}\n\n${[intro, lossParagraph(inquiry.diagnosis.problems, text), ...clockSentences(inquiry, text), ...sampling].filter((s) => s !== '').join('\n\n')}`,
      },
      ...artefactCells(inquiry.diagnosis.artefacts, text, prefix),
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
