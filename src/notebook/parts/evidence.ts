import { visible } from '../../text/escape.js';
import type { MessageKey, Text } from '../../text/text.js';
import type { Evidence, Observed } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Unit } from '../../types/units.js';

/** What was seen of a signal, in one phrase with its numbers. */
export function observedPhrase(observed: Observed, text: Text): string {
  const number = (value: number | null): string => (value === null ? '–' : text.quantity(value, observed.unit));
  const key = moved(observed) ? movedKey(observed) : stillKey(observed, text);
  const { change } = observed;
  // "rose by" and "fell by" say the sign
  const size = moved(observed) && key !== 'observed.mixed' ? number(Math.abs(change)) : signed(observed, text);
  return text.plain(key, {
    change: size,
    mde: number(observed.mde),
    baseline: number(observed.baseline),
    peak: number(observed.peak),
    ceiling: number(tighter(observed)),
  });
}

function signed({ change, unit }: Observed, text: Text): string {
  return (change > 0 ? '+' : '') + text.quantity(change, unit);
}

function moved({ state }: Observed): boolean {
  return state === 'up' || state === 'down';
}

/** What moved needs no limit of what would have been seen: the numbers are there. */
function movedKey({ state, change, peak, baseline }: Observed): MessageKey {
  if (baseline === null || peak === null) return change < 0 ? 'observed.down.mean' : 'observed.up.mean';
  if (state === 'down') {
    if (change >= 0) return 'observed.mixed';
    return peak > baseline ? 'observed.down.level' : 'observed.down';
  }
  if (change < 0) return 'observed.mixed';
  // samples wider than the window lay their whole rise on it: more on average than at the peak is no average
  return change > peak - baseline ? 'observed.up.peak' : 'observed.up';
}

function stillKey(observed: Observed, text: Text): MessageKey {
  const { state, baseline, change, unit } = observed;
  if (state === 'absent') return 'observed.absent';
  const ceiling = tighter(observed);
  if (ceiling !== null && baseline !== null) return ceiling === 0 ? 'observed.still' : 'observed.ceiling';
  if (state === 'blind') return baseline === null ? 'observed.blind.alone' : 'observed.blind';
  if (baseline === null) return 'observed.flat.alone';
  if (stoodOut(observed)) return 'observed.flat.peak';
  if (nearly(observed)) return 'observed.flat.unsure';
  return text.quantity(change, unit) === text.quantity(0, unit) ? 'observed.flat.level' : 'observed.flat';
}

/** A level that did not change for long, yet had a peak that a reader will see in the picture. */
export function stoodOut({ baseline, peak, mde }: Observed): boolean {
  return baseline !== null && peak !== null && mde !== null && peak - baseline > 2 * mde;
}

/** A change that a reader sees in the picture and that the samples are too few to tell from chance. */
export function nearly({ change, mde, peak }: Observed): boolean {
  return mde !== null && peak !== null && Math.abs(change) > mde / 2;
}

/** The most that can have been added, where that says more than the smallest visible change. */
export function tighter({ ceiling, mde }: Observed): number | null {
  return ceiling !== undefined && (mde === null || ceiling < mde) ? ceiling : null;
}

/** What a clue looked at: a signal, a fact, a kind of event, the scope, a reading. */
export function subject(cause: string, evidence: Pick<Evidence, 'clue' | 'signal'>, text: Text): string {
  const expect = text.clueOf(cause, evidence.clue)?.expect;
  if (expect === undefined) return evidence.signal === '' ? text.plain('clue.other') : text.signal(evidence.signal);
  switch (expect.kind) {
    case 'scope':
      return text.plain('clue.scope');
    case 'gap':
      return text.plain('clue.gap');
    case 'fact':
      return expect.fact;
    case 'event':
      return text.plain('clue.event', { event: expect.event });
    case 'reading':
      return text.reading(expect.reading)?.says.split(/[:：;；]/u)[0] ?? expect.reading;
    case 'part':
      return text.signal(expect.part);
    case 'lifetime':
      return text.plain('clue.lifetime', { signal: text.signal(expect.signal) });
    default:
      return text.signal(expect.signal);
  }
}

/** Name of something a clue would need and the dump lacks; undefined for what is no data but a conclusion. */
export function missingName(name: string, text: Text): string | undefined {
  if (name === '' || name === 'scope' || name === 'gap' || name.startsWith('reading.')) return undefined;
  return text.signal(name);
}

/**
 * Why a clue speaks for or against, or cannot be told, made from the numbers themselves, so that every language says
 * the same: the observation where there is one, the fact where the clue asks for one, what is missing otherwise.
 */
export function evidencePhrase(cause: string, evidence: Evidence, inquiry: Inquiry, text: Text): string {
  const expect = text.clueOf(cause, evidence.clue)?.expect;
  const { observed } = evidence;
  if (observed !== null && observed.state !== 'absent') {
    // what reached its limit need not have changed
    return expect?.kind === 'saturates' && evidence.verdict === 'for' && observed.peak !== null
      ? text.plain('observed.reached', { peak: text.quantity(observed.peak, observed.unit) })
      : observedPhrase(observed, text);
  }
  if (evidence.verdict === 'unknown') {
    const missing = (evidence.missing ?? []).flatMap((name) => missingName(name, text) ?? []);
    return missing.length === 0
      ? text.plain('observed.untested')
      : text.plain('observed.missing', { what: text.list(missing) });
  }
  const fact = expect?.kind === 'fact' ? factPhrase(expect.fact, evidence, inquiry, text) : undefined;
  return fact ?? text.plain(evidence.verdict === 'for' ? 'observed.seen' : 'observed.notSeen');
}

function factPhrase(name: string, evidence: Evidence, inquiry: Inquiry, text: Text): string | undefined {
  const facts = evidence.facts ?? inquiry.case.facts.filter((fact) => fact.name === name);
  const values = Array.from(new Set(facts.map((fact) => String(fact.value)))).slice(0, 3);
  const key = facts.some((fact) => fact.assumed === true) ? 'observed.assumed' : 'observed.fact';
  return values.length > 0 ? text.plain(key, { fact: name, value: visible(values.join(', '), 80) }) : undefined;
}

/** What a reading looked at, and what it saw. */
export interface ReadingNumbers {
  /** Place of its expectation in the rule, from 1. */
  readonly n: number;
  readonly signal: string;
  readonly observed: Observed;
}

/** The observations of a reading, from its arguments: `signal1`, `state1`, `change1`, `mde1`, `unit1` … */
export function observationsOf(args: Readonly<Record<string, string | number>>): ReadingNumbers[] {
  const number = (name: string): number | null => (typeof args[name] === 'number' ? args[name] : null);
  const found: ReadingNumbers[] = [];
  for (let n = 1; Object.hasOwn(args, `signal${n}`); n++) {
    const state = args[`state${n}`];
    if (typeof state !== 'string') continue;
    const observed: Observed = {
      state: state as Observed['state'],
      unit: String(args[`unit${n}`] ?? 'unknown') as Unit,
      change: number(`change${n}`) ?? NaN,
      mde: number(`mde${n}`),
      baseline: number(`baseline${n}`),
      peak: number(`peak${n}`),
    };
    found.push({ n, signal: String(args[`signal${n}`]), observed });
  }
  return found;
}
