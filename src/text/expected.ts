import type { Expectation } from '../causes/cause.js';
import type { Observed } from '../types/diagnosis.js';
import type { Unit } from '../types/units.js';
import { formatShare } from './quantity.js';
import type { Text } from './text.js';

type Kind = Expectation['kind'];
type Of<K extends Kind> = Extract<Expectation, { readonly kind: K }>;

/** Bounds above this are none that anybody would read: any rise is allowed. */
const ANY = 1e9;

/** One phrase per kind of expectation. */
const phrases: { readonly [K in Kind]: (expect: Of<K>, unit: Unit | undefined, text: Text) => string } = {
  change: ({ direction, atLeast, atLeastRatio }, unit, text) => {
    const least = size(atLeast, atLeastRatio, unit, text);
    return least === '' ? text.plain(`expected.${direction}`) : text.plain(`expected.${direction}.by`, { least });
  },
  flat: ({ atMost, atMostRatio }, unit, text) => {
    if ((atMost ?? 0) >= ANY) return text.plain('expected.noFall');
    const most = size(atMost, atMostRatio, unit, text);
    return most === '' ? text.plain('expected.flat') : text.plain('expected.flat.by', { most });
  },
  saturates: ({ ratio }, _unit, text) => text.plain('expected.saturates', { ratio: formatShare(ratio) }),
  sufficient: ({ share }, _unit, text) => text.plain('expected.sufficient', { share: formatShare(share) }),
  leads: ({ symptom }, _unit, text) => text.plain('expected.leads', { symptom: text.signal(symptom) }),
  compensation: (_expect, _unit, text) => text.plain('expected.compensation'),
  lifetime: (_expect, _unit, text) => text.plain('expected.lifetime'),
  'cpu-share': ({ atLeast, atMost }, _unit, text) =>
    atLeast === undefined
      ? text.plain('expected.cpu.most', { share: formatShare(atMost ?? 0) })
      : text.plain('expected.cpu.least', { share: formatShare(atLeast) }),
  part: ({ atMost, signal }, _unit, text) =>
    text.plain('expected.part', { share: formatShare(atMost), whole: text.signal(signal) }),
  fact: ({ equals, above, below }) =>
    equals !== undefined
      ? `= ${String(equals)}`
      : [...(above === undefined ? [] : [`> ${above}`]), ...(below === undefined ? [] : [`< ${below}`])].join(', '),
  event: (_expect, _unit, text) => text.plain('expected.seen'),
  gap: (_expect, _unit, text) => text.plain('expected.so'),
  scope: (_expect, _unit, text) => text.plain('expected.so'),
  reading: (_expect, _unit, text) => text.plain('expected.so'),
};

/**
 * What a cause predicts of a clue, short enough for a column of a table: `rises by ≥ 20 ms/s`, `does not rise`.
 * @param unit - unit of what was observed, for the size of the effect
 */
export function expectedPhrase(expect: Expectation | undefined, unit: Unit | undefined, text: Text): string {
  if (expect === undefined) return '';
  const phrase = phrases[expect.kind] as (expect: Expectation, unit: Unit | undefined, text: Text) => string;
  return phrase(expect, unit, text);
}

/** Whether a prediction fails where a change stays too small, and not where one is seen. */
export function expectsRise(expect: Expectation | undefined): boolean {
  return expect?.kind !== 'flat' && !(expect?.kind === 'change' && expect.direction === 'down');
}

/** Why a change that was seen does not count: the expectation allows for as much, or asks for more. */
export function tolerancePhrase(expect: Expectation | undefined, observed: Observed, text: Text): string {
  const { state, change, unit } = observed;
  if (expect?.kind === 'flat' && state === 'up' && expect.atMost !== undefined && expect.atMost < ANY)
    return change <= expect.atMost ? text.plain('readings.allowed', { most: text.quantity(expect.atMost, unit) }) : '';
  if (expect?.kind === 'change' && state === expect.direction && expect.atLeast !== undefined)
    return Math.abs(change) < expect.atLeast
      ? text.plain('readings.tooLittle', { least: text.quantity(expect.atLeast, unit) })
      : '';
  return '';
}

function size(absolute: number | undefined, ratio: number | undefined, unit: Unit | undefined, text: Text): string {
  if (absolute !== undefined && unit !== undefined) return text.quantity(absolute, unit);
  return ratio === undefined ? '' : formatShare(ratio);
}
