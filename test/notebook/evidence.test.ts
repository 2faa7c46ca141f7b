import { describe, expect, it } from 'vitest';
import { observedPhrase } from '../../src/notebook/parts/evidence.js';
import { createText } from '../../src/text/text.js';
import type { Observed } from '../../src/types/diagnosis.js';
import { knowledge } from '../support/inquiry.js';

describe('observedPhrase', () => {
  const [en, zh] = (['en', 'zh'] as const).map((language) => createText(language, knowledge));
  const base: Observed = { state: 'flat', unit: 'connections', change: 0, mde: 2, baseline: 10, peak: 11 };
  const says = (part: Partial<Observed>): string => observedPhrase({ ...base, ...part }, en!).replaceAll('\u00a0', ' ');

  it('never says that something fell to more than it was, or rose by less than nothing', () => {
    expect(says({ state: 'down', change: -3, peak: 240 })).toBe('fell from 10 connections by 3 connections on average');
    expect(says({ state: 'up', change: -3, peak: 240 })).toBe('swung around its usual 10 connections (highest 240 connections, on average −3 connections)'); // prettier-ignore
    expect(says({ state: 'down', change: 3, peak: 240 })).toMatch(/^swung around .* on average \+3 connections/);
    expect(says({ state: 'down', change: -3, peak: 6 })).toMatch(/^fell from 10 connections to 6 connections/);
    expect(says({ state: 'up', change: 5, peak: 240 })).toBe('rose from 10 connections to a peak of 240 connections, by 5 connections on average'); // prettier-ignore
  });

  it('never says that something rose by more on average than at its peak', () => {
    expect(says({ state: 'up', change: 16, peak: 19 })).toBe('rose from 10 connections to a peak of 19 connections');
  });

  it('has no gaps where a usual level or a peak is not known', () => {
    for (const state of ['up', 'down', 'flat', 'blind', 'absent'] as const)
      for (const baseline of [null, 10])
        for (const peak of [null, 12])
          for (const mde of [null, 2])
            for (const change of [-5, 0, 5])
              for (const text of [en!, zh!]) {
                const phrase = observedPhrase({ ...base, state, baseline, peak, mde, change }, text);
                expect(phrase).not.toMatch(/[{}]|NaN|undefined/);
                // nothing is called flat without a smallest visible change
                if (state !== 'flat' || mde !== null) expect(phrase).not.toContain('–');
              }
  });

  it('a level line, a peak that did not last, and what so few samples leave open are three things', () => {
    expect(says({})).toBe('stayed at 10 connections; a lasting change of 2 connections would have shown');
    expect(says({ change: 0.5 })).toBe('no clear change from its usual 10 connections (+0.5 connections on average); a lasting change of 2 connections would have shown'); // prettier-ignore
    expect(says({ peak: 27 })).toMatch(/^no lasting change from its usual 10 connections .*highest 27 connections\)/);
    expect(says({ change: 1.9, peak: 12 })).toMatch(/^may have moved: \+1\.9 connections/);
    expect(says({ ceiling: 0 })).toBe('did not move: its counter stood still');
    expect(says({ ceiling: 1 })).toContain('room for at most 1 connections more');
  });
});
