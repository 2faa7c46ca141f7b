import { formatShare } from '../../text/quantity.js';
import type { MessageKey, Text } from '../../text/text.js';
import type { Hypothesis, Incident } from '../../types/diagnosis.js';
import { suspects } from './suspects.js';

/** Excluded causes that the verdict names. */
const NAMED = 6;
/** Causes that a verdict without a leader names beside the likeliest one, and how likely they must be against it. */
const RIVALS = { most: 4, share: 0.5 } as const;
/** A rival, or what one piece of evidence changes, below this is not worth a sentence. */
const WORTH = 0.05;

/** Why, and how sure: what the verdict rests on, what keeps it from more, rivals, and what is excluded. */
export function whySentences(incident: Incident, text: Text): string[] {
  const excluded = suspects(incident.hypotheses).map((h) => text.cause(h.cause));
  const named = excluded.length <= NAMED ? excluded : [...excluded.slice(0, NAMED), text.plain('list.more', { n: excluded.length - NAMED })]; // prettier-ignore
  return [
    ...(incident.verdict === 'inconclusive' ? [equals(incident, text)] : reasons(incident, text)),
    named.length > 0 ? text.t('verdict.excluded', { n: excluded.length, causes: text.list(named) }) : '',
  ].filter((sentence) => sentence !== '');
}

/** Where nothing leads, what the first of many rests on would say nothing: its equals do. */
function equals({ hypotheses }: Incident, text: Text): string {
  const [lead, ...rest] = hypotheses;
  const near = rest.filter((h) => h.verdict !== 'excluded' && h.probability >= RIVALS.share * (lead?.probability ?? 1));
  const causes = near
    .slice(0, RIVALS.most)
    .map((h) => text.plain('hypothesis.share', { cause: text.cause(h.cause), p: formatShare(h.probability) }));
  return causes.length === 0 ? '' : text.t('verdict.rivals', { causes: text.list(causes) });
}

function reasons(incident: Incident, text: Text): string[] {
  const lead = incident.hypotheses[0];
  const rival = incident.hypotheses.find((h) => h !== lead && h.probability >= WORTH && h.verdict !== 'excluded');
  return [
    ...(lead === undefined || lead.cause === 'unknown' ? [] : support(lead, incident, text)),
    rival === undefined
      ? ''
      : text.t('verdict.rival', { cause: text.cause(rival.cause), p: formatShare(rival.probability) }),
  ];
}

function support(lead: Hypothesis, incident: Incident, text: Text): string[] {
  const counted = lead.evidence.filter((e) => e.shadowed !== true);
  const against = counted.filter((e) => e.verdict === 'against').length;
  return [
    text.t(against === 0 ? 'verdict.rests.only' : 'verdict.rests', {
      for: counted.filter((e) => e.verdict === 'for').length,
      against,
      coverage: formatShare(lead.coverage),
    }),
    incident.verdict === 'probable' ? text.t(capOf(lead, text)) : '',
    keystoneSentence(incident, text),
  ];
}

/** Why a probable cause is not called confirmed: its mechanism was not seen to move, or rivals remain. */
function capOf(lead: Hypothesis, text: Text): MessageKey {
  const moved = lead.evidence.some(
    ({ clue, verdict: seen }) => seen === 'for' && text.clueOf(lead.cause, clue)?.role === 'mechanism',
  );
  if (moved && lead.sufficient === false) return 'verdict.cap.short';
  return moved ? 'verdict.cap.rivals' : 'verdict.cap';
}

/** The one piece of evidence that the verdict rests on. */
function keystoneSentence({ keystone, hypotheses }: Incident, text: Text): string {
  const lead = hypotheses[0];
  if (keystone === null || lead === undefined || lead.probability - keystone.without < WORTH) return '';
  const says = text.clue(keystone.cause, keystone.clue);
  const key = keystone.without < 0.5 ? 'verdict.keystone' : 'verdict.keystone.still';
  return text.t(key, { says, p: formatShare(keystone.without) });
}
