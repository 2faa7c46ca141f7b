import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { expectedPhrase, tolerancePhrase } from '../../src/text/expected.js';
import { createText } from '../../src/text/text.js';

describe('expectedPhrase', () => {
  const texts = (['en', 'zh'] as const).map((language) => createText(language, { causes, readings: [] }));

  it('says of every clue of every cause what it predicts, in both languages', () => {
    const [en, zh] = texts;
    for (const cause of causes)
      for (const clue of cause.clues) {
        const phrases = [en!, zh!].map((text) => expectedPhrase(clue.expect, 'segments/second', text));
        for (const phrase of phrases) expect(phrase, `${cause.id}/${clue.id}`).toMatch(/^[^{}]+$/);
        if (clue.expect.kind !== 'fact') expect(phrases[0]).not.toBe(phrases[1]);
      }
  });

  it('gives the size of the effect in the unit of what was observed', () => {
    const [en] = texts;
    const change = { kind: 'change', signal: 'net.tcp.retransmits', direction: 'up', where: 'affected' } as const;
    expect(expectedPhrase({ ...change, atLeast: 2 }, 'segments/second', en!)).toBe('a rise of 2 segments/s or more');
    expect(expectedPhrase({ ...change, atLeastRatio: 0.5 }, 'segments/second', en!)).toBe(
      'a rise of 50\u00a0% or more',
    );
    expect(expectedPhrase({ ...change, atLeast: 2 }, undefined, en!)).toBe('a rise');
    expect(expectedPhrase({ ...change, kind: 'flat', atMost: 1e9 } as never, 'segments/second', en!)).toBe('no fall'); // prettier-ignore
    expect(expectedPhrase({ kind: 'fact', fact: 'memory.swap_total', where: 'node', above: 0 }, undefined, en!)).toBe('> 0'); // prettier-ignore
  });

  it('says why a change that was seen does not count', () => {
    const [en] = texts;
    const seen = { state: 'up', change: 2, mde: 1, unit: 'segments/second', baseline: 0, peak: 9 } as const;
    const flat = { kind: 'flat', signal: 'net.tcp.retransmits', where: 'affected' } as const;
    const rise = { kind: 'change', direction: 'up', signal: 'net.tcp.retransmits', where: 'affected' } as const;
    expect(tolerancePhrase({ ...flat, atMost: 5 }, seen, en!)).toBe(
      '; a rise of up to 5 segments/s counts as none here',
    );
    expect(tolerancePhrase({ ...flat, atMost: 1 }, seen, en!)).toBe('');
    expect(tolerancePhrase(flat, seen, en!)).toBe('');
    expect(tolerancePhrase({ ...flat, atMost: 5 }, { ...seen, state: 'flat' }, en!)).toBe('');
    expect(tolerancePhrase({ ...rise, atLeast: 3 }, seen, en!)).toBe('; only 3 segments/s or more would count here');
    expect(tolerancePhrase({ ...rise, atLeast: 2 }, seen, en!)).toBe('');
    expect(tolerancePhrase(undefined, seen, en!)).toBe('');
  });
});
