import { describe, expect, it } from 'vitest';
import { causes as all } from '../../src/causes/all.js';
import type { Cause } from '../../src/causes/cause.js';
import { exclusionCells } from '../../src/notebook/parts/exclusions.js';
import { createText } from '../../src/text/text.js';
import type { Evidence, Observed } from '../../src/types/diagnosis.js';
import type { Cell } from '../../src/types/notebook.js';
import { makeInquiry } from '../support/inquiry.js';

const text = createText('en', { causes: all, readings: [] });
const inquiry = makeInquiry();
const incident = inquiry.diagnosis.incidents[0]!;
const causes: readonly Cause[] = all;

/** The row that a clue of a cause gets with this observation, as text. */
function rowOf(cause: string, kind: 'flat' | 'change', observed: Partial<Observed>): string[] {
  const clue = causes.find(({ id }) => id === cause)!.clues.find(({ expect: one }) => one.kind === kind)!;
  const evidence: Evidence = {
    clue: clue.id,
    verdict: 'against',
    weight: -10,
    signal: 'net.tcp.rx_queue',
    labels: {},
    observed: { state: 'flat', change: 0.1, mde: 2, unit: 'connections', baseline: 0, peak: 1, ...observed },
    why: '',
    findings: [],
    sources: [],
  };
  const hypothesis = { cause, probability: 0, weight: -10, verdict: 'excluded' as const, coverage: 1, sufficient: null, evidence: [evidence] }; // prettier-ignore
  const cells = exclusionCells({ ...incident, hypotheses: [hypothesis] }, { inquiry, incident, text, options: {}, prefix: '' }); // prettier-ignore
  const table = cells.find((cell): cell is Extract<Cell, { type: 'table' }> => cell.type === 'table')!;
  return table.rows[0]!.map((value) =>
    (typeof value === 'object' ? value.text : String(value)).replaceAll('\u00a0', ' '),
  );
}

describe('exclusions', () => {
  it('say what a change that should have been a rise can have been at most', () => {
    const row = rowOf('cpu-throttling', 'change', { limits: { low: -1, high: 0.5 } });
    expect(row.slice(3, 5)).toEqual(['0.1 connections (≤ 0.5)', '2 connections']);
  });

  it('say that a counter which stood still would have shown anything', () => {
    const row = rowOf('cpu-throttling', 'change', { change: 0, ceiling: 0, limits: { low: 0, high: 0.3 } });
    expect(row.slice(3, 5)).toEqual(['0 connections', 'any']);
  });

  it('say of a rise that should not have been how large it was at least, or how surely it was one', () => {
    expect(rowOf('cpu-throttling', 'flat', { state: 'up', change: 9, limits: { low: 7, high: 11 }, p: 1e-9 })[3]).toBe('9 connections (≥ 7)'); // prettier-ignore
    expect(rowOf('cpu-throttling', 'flat', { state: 'up', change: 9, limits: { low: -7, high: 11 }, p: 0.0013 })[3]).toBe('9 connections (p = 0.0013)'); // prettier-ignore
  });
});
