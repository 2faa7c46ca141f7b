import { InquestError } from '../errors.js';
import { formatClock } from '../text/quantity.js';
import type { Text } from '../text/text.js';
import type { Incident } from '../types/diagnosis.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Cell, Notebook } from '../types/notebook.js';
import { declarativeCell } from './declarative.js';
import { runJavaScript } from './javascript.js';
import { parseNotebook, type Segment } from './parse.js';
import { sections } from './sections/all.js';

export interface RunOptions {
  /** Runs `js` cells. Only for a notebook that the person named; never for a built-in one or anything from a dump. */
  readonly javascript?: boolean;
}

/**
 * A notebook's source run over an inquiry.
 * @throws InquestError `BAD_NOTEBOOK` for an unknown directive, or for a `js` cell where these are not allowed
 */
export function runNotebook(source: string, inquiry: Inquiry, text: Text, options: RunOptions = {}): Notebook {
  const run: Run = { inquiry, text, options };
  const cells = build(parseNotebook(source), run, undefined, '');
  return { title: titleOf(cells, inquiry), language: text.language, cells };
}

interface Run {
  readonly inquiry: Inquiry;
  readonly text: Text;
  readonly options: RunOptions;
}

function build(segments: readonly Segment[], run: Run, incident: Incident | undefined, prefix: string): Cell[] {
  return segments.flatMap((segment) => buildSegment(segment, run, incident, prefix));
}

function buildSegment(segment: Segment, run: Run, incident: Incident | undefined, prefix: string): readonly Cell[] {
  const { inquiry, text } = run;
  const id = `${prefix}cell-${segment.line}`;
  switch (segment.kind) {
    case 'markdown':
      return [{ type: 'markdown', id, text: segment.text }];
    case 'section': {
      const section = sections.get(segment.name);
      if (section === undefined)
        throw new InquestError(
          'BAD_NOTEBOOK',
          `line ${segment.line}: no section "${segment.name}"`,
          `known: ${Array.from(sections.keys()).join(', ')}`,
        );
      // outside `:::: incidents` a section of one incident speaks of the first
      const current = section.perIncident ? (incident ?? inquiry.diagnosis.incidents[0]) : incident;
      if (section.perIncident && current === undefined) return [];
      return section.build({ inquiry, text, incident: current, options: segment.options, prefix });
    }
    case 'block':
      if (segment.name !== 'incidents')
        throw new InquestError(
          'BAD_NOTEBOOK',
          `line ${segment.line}: expected ":::: incidents", found ":::: ${segment.name}"`,
        );
      return everyIncident(segment.body, run);
    case 'cell':
      return declarativeCell(segment, id, { inquiry, text, incident });
    case 'javascript':
      if (run.options.javascript !== true)
        throw new InquestError(
          'BAD_NOTEBOOK',
          `line ${segment.line}: JavaScript cells run only with "inquest run NOTEBOOK"`,
        );
      return runJavaScript(segment.code, segment.line, id, inquiry);
  }
}

function everyIncident(body: readonly Segment[], run: Run): Cell[] {
  const { incidents } = run.inquiry.diagnosis;
  return incidents.flatMap((incident, i) => {
    const prefix = incidents.length > 1 ? `incident-${i + 1}-` : '';
    const cells = build(body, run, incident, prefix);
    if (incidents.length === 1) return cells;
    const values = {
      n: i + 1,
      of: incidents.length,
      from: formatClock(incident.window.from),
      to: formatClock(incident.window.to),
    };
    return [
      { type: 'markdown' as const, id: `${prefix}start`, text: `# ${run.text.t('incident.heading', values)}` },
      ...cells,
    ];
  });
}

function titleOf(cells: readonly Cell[], inquiry: Inquiry): string {
  for (const cell of cells) {
    if (cell.type !== 'markdown') continue;
    const heading = /^# (.+)$/m.exec(cell.text)?.[1];
    if (heading !== undefined) return heading.replace(/\\(.)/g, '$1');
  }
  return inquiry.diagnosis.dump.name;
}
