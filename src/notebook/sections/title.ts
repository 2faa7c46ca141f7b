import { formatDay, formatTime } from '../../text/quantity.js';
import { visible } from '../../text/escape.js';
import type { Section } from '../section.js';

/** Name of the dump, its span, and what made the report. */
export const title: Section = {
  id: 'title',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const { dump, span, tool, incidents } = inquiry.diagnosis;
    const first = incidents[0];
    const heading = text.t('title.heading', { name: visible(dump.name, 80) });
    const day = formatDay(first?.window.from ?? span.from);
    const line = text.t('title.line', {
      day,
      from: formatTime(span.from),
      to: formatTime(span.to),
      tool: `${tool.name} ${tool.version}`,
      sha: dump.sha256.slice(0, 16),
    });
    return [{ type: 'markdown', id: `${prefix}title`, text: `# ${heading}\n\n${line}` }];
  },
};
