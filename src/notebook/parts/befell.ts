import { formatClock } from '../../text/quantity.js';
import { code, md, type Text } from '../../text/text.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { LogEvent, Source } from '../../types/series.js';
import { pictureSpan } from './pictures.js';

const LISTED = 6;

/** Pods replaced and restarted around the incident, as sentences: whom the reader may look for under another name. */
export function befell(
  inquiry: Inquiry,
  incident: Incident,
  text: Text,
): { readonly lines: readonly string[]; readonly sources: readonly Source[] } {
  const { from, to } = pictureSpan(inquiry, incident);
  const near = inquiry.case.events.filter(
    ({ kind, time }) => (kind === 'pod.replaced' || kind === 'pod.restarted') && time >= from && time <= to,
  );
  if (near.length === 0) return { lines: [], sources: [] };
  const told = near.slice(0, LISTED).map((event) => sentence(event, incident, text));
  if (near.length > LISTED) told.push(text.t('list.more', { n: near.length - LISTED }));
  return {
    lines: [text.t('scope.lives', { what: md(told.join(text.plain('list.semicolon'))) })],
    sources: near.slice(0, LISTED).map((event) => event.source),
  };
}

function sentence({ kind, time, labels }: LogEvent, incident: Incident, text: Text): string {
  const { window } = incident;
  const values = {
    pod: code(labels['pod'] ?? '?'),
    by: code(labels['replaced_by'] ?? '?'),
    at: formatClock(time),
    when: text.plain(time < window.from ? 'scope.lives.before' : time <= window.to ? 'scope.lives.during' : 'scope.lives.after'), // prettier-ignore
  };
  return text.t(kind === 'pod.replaced' ? 'scope.lives.replaced' : 'scope.lives.restarted', values);
}
