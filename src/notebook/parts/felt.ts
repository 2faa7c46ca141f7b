import type { Text } from '../../text/text.js';
import type { Incident, Observed } from '../../types/diagnosis.js';
import type { Finding } from '../../types/finding.js';
import type { Inquiry } from '../../types/inquiry.js';
import { observationsOf, observedPhrase } from './evidence.js';
import { keySignals, roleOf } from './signals.js';

const NAMED = 2;
const LOOKED_AT = 12;

/**
 * What clients felt, with its numbers, as the first paragraph of a report says it: from the reading about clients; where that
 * could not be drawn, from what other readings or findings say of symptoms. Empty when the dump holds neither.
 */
export function feltSentence(incident: Incident, inquiry: Inquiry, text: Text): string {
  const clients = incident.readings.find(({ id, verdict }) => id === 'clients-hurt' && verdict === 'for');
  const felt = Array.from(risen(clients === undefined ? [] : [clients]), ([signal, seen]) => moved(signal, observedPhrase(seen, text), text)); // prettier-ignore
  if (felt.length > 0) return text.t('verdict.felt', { what: felt.slice(0, NAMED).join(text.plain('list.semicolon')) });
  const observed = risen(incident.readings);
  const shown = keySignals(inquiry, incident, LOOKED_AT)
    .filter((signal) => roleOf(signal, incident, text) === 'symptom')
    .flatMap((signal) => {
      const seen = observed.get(signal);
      const phrase = seen === undefined ? foundPhrase(signal, incident, inquiry, text) : observedPhrase(seen, text);
      return phrase === undefined ? [] : [moved(signal, phrase, text)];
    });
  return shown.length === 0
    ? ''
    : text.t('verdict.shown', { what: shown.slice(0, NAMED).join(text.plain('list.semicolon')) });
}

function moved(signal: string, seen: string, text: Text): string {
  return text.plain('verdict.moved', { signal: text.signal(signal), seen });
}

/** Signals that readings saw rise, each as first told. */
function risen(readings: Incident['readings']): Map<string, Observed> {
  const found = new Map<string, Observed>();
  for (const { args } of readings)
    for (const { signal, observed } of observationsOf(args))
      if (observed.state === 'up' && !found.has(signal)) found.set(signal, observed);
  return found;
}

/** The strongest rise that was found of a signal; the ends of a drift are those of a line, and nothing that was measured. */
function foundPhrase(signal: string, incident: Incident, inquiry: Inquiry, text: Text): string | undefined {
  const own = new Set(incident.findings);
  const { from, to, uncertainty } = incident.window;
  // what rises as it ends is the way back
  const within = (one: Finding): boolean => one.from >= from - one.uncertainty - uncertainty && one.from < to;
  const found = inquiry.diagnosis.findings
    .filter(
      (one) =>
        own.has(one.id) && one.signal === signal && one.pattern !== 'trend' && one.peak > one.baseline && within(one),
    ) // prettier-ignore
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))[0];
  if (found === undefined) return undefined;
  const [baseline, peak] = [text.quantity(found.baseline, found.unit), text.quantity(found.peak, found.unit)];
  return text.plain('observed.up.peak', { baseline, peak });
}
