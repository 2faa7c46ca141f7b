import { formatDuration } from '../../text/quantity.js';
import type { Cell } from '../../types/notebook.js';
import type { RemedyAdvice } from '../../types/diagnosis.js';
import { md, type Text } from '../../text/text.js';
import { asHeading, asSentence } from '../parts/sentence.js';
import type { Section } from '../section.js';

/** What to do, and how to see that it worked. */
export const remedies: Section = {
  id: 'remedies',
  perIncident: true,
  build({ inquiry, incident, text, prefix }) {
    if (incident === undefined || incident.remedies.length === 0) return [];
    const intro = text.t(incident.verdict === 'confirmed' ? 'remedies.confirmed' : 'remedies.unconfirmed');
    const span = inquiry.diagnosis.span.to - inquiry.diagnosis.span.from;
    // rule of three: none in 3/λ makes a rate of λ implausible at 95 %
    const wait = (3 * span) / Math.max(1, inquiry.diagnosis.incidents.length);
    const wording = text.t('remedies.wait', {
      n: inquiry.diagnosis.incidents.length,
      span: formatDuration(span),
      wait: formatDuration(wait),
    });
    return [
      { type: 'markdown', id: `${prefix}remedies`, text: `## ${text.t('remedies.heading')}\n\n${intro}` },
      ...incident.remedies.flatMap((remedy, i) => remedyCells(remedy, i + 1, text, prefix)),
      { type: 'markdown', id: `${prefix}remedies-wait`, text: wording },
    ];
  },
};

function remedyCells(remedy: RemedyAdvice, n: number, text: Text, prefix: string): Cell[] {
  const words = text.remedy(remedy.cause, remedy.id) ?? remedy;
  const id = `${prefix}remedy-${n}`;
  return [
    {
      type: 'markdown',
      id,
      text: text.t('remedies.do', { n, cause: text.cause(remedy.cause), do: md(asHeading(words.do)) }),
    },
    ...(remedy.command === '' ? [] : [{ type: 'command' as const, id: `${id}-command`, text: remedy.command }]),
    { type: 'markdown', id: `${id}-verify`, text: text.t('remedies.verify', { verify: md(asSentence(words.verify)) }) },
  ];
}
