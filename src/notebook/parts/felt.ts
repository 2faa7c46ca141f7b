import type { Text } from '../../text/text.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import { observationsOf, observedPhrase } from './evidence.js';
import { keySignals, roleOf } from './signals.js';

const NAMED = 2;

/**
 * What clients felt, with its numbers, as the first paragraph of a report says it: from the reading about clients; where that
 * could not be drawn, from the findings of symptoms. Empty when the dump holds neither.
 */
export function feltSentence(incident: Incident, inquiry: Inquiry, text: Text): string {
  const reading = incident.readings.find(({ id, verdict }) => id === 'clients-hurt' && verdict === 'for');
  const moved = observationsOf(reading?.args ?? {}).filter(({ observed }) => observed.state === 'up');
  if (moved.length > 0)
    return text.t('verdict.felt', {
      what: text.list(
        moved
          .slice(0, NAMED)
          .map(({ signal, observed }) =>
            text.plain('verdict.moved', { signal: text.signal(signal), seen: observedPhrase(observed, text) }),
          ),
      ),
    });
  const own = new Set(incident.findings);
  const symptoms = keySignals(inquiry, incident, 9).filter((signal) => roleOf(signal, incident, text) === 'symptom');
  const phrases = symptoms.slice(0, NAMED).flatMap((signal) => {
    const found = inquiry.diagnosis.findings
      .filter((finding) => own.has(finding.id) && finding.signal === signal && finding.peak > finding.baseline)
      .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))[0];
    if (found === undefined) return [];
    const [from, to] = [text.quantity(found.baseline, found.unit), text.quantity(found.peak, found.unit)];
    return [
      text.plain('verdict.moved', {
        signal: text.signal(signal),
        seen: text.plain('observed.up.peak', { baseline: from, peak: to }),
      }),
    ];
  });
  return phrases.length === 0 ? '' : text.t('verdict.shown', { what: text.list(phrases) });
}
