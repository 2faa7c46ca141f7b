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
    expect(says({ state: 'down', change: -3, peak: 240 })).toBe('went below and above its usual 10 connections (highest 240 connections); on average −3 connections'); // prettier-ignore
    expect(says({ state: 'up', change: -3, peak: 240 })).toContain('below and above');
    expect(says({ state: 'down', change: -3, peak: 6 })).toMatch(/^fell from 10 connections to 6 connections/);
    expect(says({ state: 'up', change: 5, peak: 240 })).toMatch(/^rose from 10 connections to at most 240/);
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
                if (peak === null && (state === 'up' || state === 'down') && mde !== null && Math.abs(change) >= mde)
                  expect(phrase).not.toContain('–');
              }
  });

  it('a level line, a peak that did not last, and what so few samples leave open are three things', () => {
    expect(says({})).toBe(
      'did not move: 0 connections around 10 connections, while 2 connections would have been seen',
    );
    expect(says({ peak: 27 })).toMatch(/^no lasting change: .*\(highest 27 connections\)/);
    expect(says({ change: 1.9, peak: 12 })).toMatch(/^may have moved: \+1\.9 connections/);
    expect(says({ ceiling: 0 })).toBe('stood still: the counter added nothing');
    expect(says({ ceiling: 1 })).toContain('room for at most 1 connections');
  });
});
