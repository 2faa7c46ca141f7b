import { formatClock, formatDay, formatTime, timeAfter } from '../../text/quantity.js';
import { code } from '../../text/text.js';
import type { Section } from '../section.js';

/** What the report is of, name and span of the dump, and what made the report. */
export const title: Section = {
  id: 'title',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const { dump, span, tool, incidents } = inquiry.diagnosis;
    const starts = incidents.map(({ window }) => window.from);
    const first = starts.length === 0 ? undefined : Math.min(...starts);
    const timeless = dump.series === 0 && first === undefined;
    const heading =
      first === undefined
        ? text.t(timeless ? 'title.timeless' : 'title.none')
        : text.t(incidents.length === 1 ? 'title.one' : 'title.many', {
            n: incidents.length,
            day: formatDay(first),
            at: formatClock(first),
          });
    const line = text.t(timeless ? 'title.line.timeless' : 'title.line', {
      name: code(dump.name.slice(0, 80)),
      from: formatTime(span.from),
      to: timeAfter(span.from, span.to),
      tool: `${tool.name} ${tool.version}`,
      sha: dump.sha256.slice(0, 16),
    });
    return [{ type: 'markdown', id: `${prefix}title`, text: `# ${heading}\n\n${line}` }];
  },
};
