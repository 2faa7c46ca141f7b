import { escapeMarkdown, visible } from '../text/escape.js';
import { formatNumber } from '../text/quantity.js';
import type { Text } from '../text/text.js';
import type { Evidence, Observed } from '../types/diagnosis.js';
import type { Inquiry } from '../types/inquiry.js';

/** A value of a reading's sentence: numbers in our format, foreign text escaped. */
export function argument(value: string | number, text: Text): string {
  return typeof value === 'number' ? formatNumber(value) : escapeMarkdown(value).replaceAll('-', text.language === 'zh' ? '-' : '-');
}

/** What was seen of a signal, in one sentence with its numbers. */
export function observedSentence(signal: string, observed: Observed, text: Text): string {
  const number = (value: number | null): string => (value === null ? '–' : text.quantity(value, observed.unit));
  const values = {
    signal: text.signal(signal),
    change: signed(observed.change, text, observed),
    mde: number(observed.mde),
    baseline: number(observed.baseline),
    peak: number(observed.peak),
  };
  return text.plain(`observed.${observed.state}`, values);
}

function signed(change: number, text: Text, observed: Observed): string {
  const quantity = text.quantity(change, observed.unit);
  return change > 0 ? `+${quantity}` : quantity;
}

/**
 * Why a clue speaks for or against, or cannot be told, made from the numbers themselves, so that every language says
 * the same: the observation where there is one, the fact where the clue asks for one, what is missing otherwise.
 */
export function evidenceSentence(cause: string, evidence: Evidence, inquiry: Inquiry, text: Text): string {
  if (evidence.observed !== null) return observedSentence(evidence.signal, evidence.observed, text);
  const expect = text.clueOf(cause, evidence.clue)?.expect;
  if (evidence.verdict === 'unknown') {
    const missing = (evidence.missing ?? [evidence.signal]).filter((name) => name !== '').map((name) => text.signal(name));
    return missing.length === 0 ? text.plain('observed.untested') : text.plain('observed.missing', { what: text.list(missing) });
  }
  if (expect?.kind === 'fact') {
    const facts = inquiry.case.facts.filter((fact) => fact.name === expect.fact);
    const values = Array.from(new Set(facts.map((fact) => String(fact.value)))).slice(0, 3);
    if (values.length > 0) {
      const key = facts.some((fact) => fact.assumed === true) ? 'observed.assumed' : 'observed.fact';
      return text.plain(key, { fact: expect.fact, value: visible(values.join(', '), 80) });
    }
  }
  return text.plain(evidence.verdict === 'for' ? 'observed.seen' : 'observed.notSeen');
}
