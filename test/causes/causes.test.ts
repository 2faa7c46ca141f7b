import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { readingRules } from '../../src/readings/all.js';
import { signalOf } from '../../src/signals/all.js';

const ids = new Set<string>([...causes.map((c) => c.id), 'unknown']);
const readings = new Set(readingRules.map((r) => r.id));

describe.each(causes.map((cause) => [cause.id, cause] as const))('%s', (_id, cause) => {
  it('has unique clue ids, a reason for every weight, and signs that agree with their meaning', () => {
    expect(new Set(cause.clues.map((c) => c.id)).size).toBe(cause.clues.length);
    for (const clue of cause.clues) {
      expect(clue.reason.length, clue.id).toBeGreaterThan(5);
      expect(clue.ifSeen * clue.ifAbsent, clue.id).toBeLessThanOrEqual(0);
    }
  });

  it('can be confirmed: it has a mechanism or a decisive event, unless it is a residual', () => {
    const strong = cause.clues.some((c) => c.role === 'mechanism' || c.role === 'decisive-event');
    expect(strong || cause.id === 'app-stall').toBe(true);
  });

  it('refers to things that exist', () => {
    for (const { expect: e } of cause.clues) {
      if (e.kind === 'reading') expect(readings.has(e.reading), e.reading).toBe(true);
      if ('signal' in e) expect(signalOf(e.signal), e.signal).toBeDefined();
    }
    for (const rival of cause.rivals ?? []) expect(ids.has(rival.cause), rival.cause).toBe(true);
    for (const general of cause.explains ?? []) expect(ids.has(general) && general !== cause.id, general).toBe(true);
  });

  it('says what to ask, what to do, how to verify it, and where it is written', () => {
    expect(cause.next.length).toBeGreaterThan(0);
    expect(cause.remedies.length).toBeGreaterThan(0);
    expect(cause.references.length).toBeGreaterThan(0);
    expect(cause.chain.length).toBeGreaterThan(1);
    for (const remedy of cause.remedies) expect(remedy.verify.length, remedy.id).toBeGreaterThan(10);
  });
});

it('a measurement has one command and one purpose wherever it is named', () => {
  const seen = new Map<string, string>();
  for (const { next } of causes) {
    for (const { id, command, why } of next) {
      const text = `${command}|${why}`;
      expect(seen.get(id) ?? text, id).toBe(text);
      seen.set(id, text);
    }
  }
});
