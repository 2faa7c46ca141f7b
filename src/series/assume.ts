import type { Case } from '../types/case.js';
import type { InquiryOptions } from '../types/inquiry.js';
import type { Fact, Series } from '../types/series.js';

/**
 * The case as the engineer wants it looked at: facts given beforehand take the place of those read (marked as
 * assumed), and `only` keeps the series whose labels match, or that lack the label.
 */
export function assume(of: Case, { assume: given, only }: Pick<InquiryOptions, 'assume' | 'only'>): Case {
  if (given === undefined && only === undefined) return of;
  const facts = Object.entries(given ?? {}).map(([name, value]): Fact => {
    return { name, value, labels: {}, assumed: true, source: { file: '', importer: 'assumption', name } };
  });
  const names = new Set(facts.map((fact) => fact.name));
  return {
    ...of,
    series: of.series.filter((series) => matches(series, only)),
    facts: [...facts, ...of.facts.filter((fact) => !names.has(fact.name))],
  };
}

function matches({ labels }: Series, only: InquiryOptions['only']): boolean {
  return Object.entries(only ?? {}).every(([name, value]) => labels[name] === undefined || labels[name] === value);
}
