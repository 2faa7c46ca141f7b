import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { readingRules } from '../../src/readings/all.js';
import { signals } from '../../src/signals/all.js';
import { problems } from '../../src/text/en/problems.js';
import { relativeEn } from '../../src/text/en/relative.js';
import { reportEn } from '../../src/text/en/report.js';
import { causesZh } from '../../src/text/zh/causes.js';
import { problemsZh } from '../../src/text/zh/problems.js';
import { readingsZh } from '../../src/text/zh/readings.js';
import { relativeZh } from '../../src/text/zh/relative.js';
import { reportZh } from '../../src/text/zh/report.js';
import { signalsZh } from '../../src/text/zh/signals.js';

function placeholders(text: string): string[] {
  return Array.from(new Set(Array.from(text.matchAll(/\{(\w+)/g), (found) => found[1]!))).sort();
}

describe('Chinese is complete', () => {
  it('every signal has a title', () => {
    expect(signals.map((s) => s.id).filter((id) => !Object.hasOwn(signalsZh, id))).toEqual([]);
    const known = new Set(signals.map((s) => s.id));
    expect(Object.keys(signalsZh).filter((id) => !known.has(id))).toEqual([]);
  });

  it('every problem has a sentence with the same placeholders', () => {
    const gaps = Object.entries(problems).filter(([code, en]) => {
      const zh = problemsZh[code as keyof typeof problems];
      return zh === undefined || placeholders(zh).some((name) => !placeholders(en).includes(name) && name !== 'file');
    });
    expect(gaps.map(([code]) => code)).toEqual([]);
  });

  it('every sentence of the report has the same placeholders, as far as grammar needs them', () => {
    const keys = Object.keys(reportEn) as (keyof typeof reportEn)[];
    const odd = keys.filter((key) => placeholders(reportZh[key]).join() !== placeholders(reportEn[key]).join());
    // "these pods were hit" needs no number
    expect(odd.filter((key) => key !== 'verdict.all')).toEqual([]);
  });

  it('what is said of times since a start needs no more than what is said of times', () => {
    for (const [key, en] of Object.entries(relativeEn)) {
      const zh = relativeZh[key as keyof typeof relativeEn];
      const given = placeholders(reportEn[key as keyof typeof reportEn]);
      for (const text of [en, zh]) {
        expect(placeholders(text).filter((name) => !given.includes(name))).toEqual([]);
        expect(text).not.toContain('UTC');
      }
    }
    const silent = Object.entries(reportEn).filter(
      ([key, text]) => text.includes('UTC') && !Object.hasOwn(relativeEn, key),
    );
    expect(silent.map(([key]) => key)).toEqual([]);
  });

  it('every cause, clue, measurement, remedy and rival is translated', () => {
    const gaps: string[] = [];
    for (const cause of causes) {
      const words = causesZh[cause.id];
      if (words === undefined) {
        gaps.push(cause.id);
        continue;
      }
      if (words.chain.length !== cause.chain.length) gaps.push(`${cause.id} chain`);
      for (const clue of cause.clues)
        if (!Object.hasOwn(words.clues, clue.id)) gaps.push(`${cause.id} clue ${clue.id}`);
      for (const next of cause.next) if (!Object.hasOwn(words.next, next.id)) gaps.push(`${cause.id} next ${next.id}`);
      for (const remedy of cause.remedies)
        if (!Object.hasOwn(words.remedies, remedy.id)) gaps.push(`${cause.id} remedy ${remedy.id}`);
      for (const rival of cause.rivals ?? [])
        if (!Object.hasOwn(words.rivals ?? {}, rival.cause)) gaps.push(`${cause.id} rival ${rival.cause}`);
    }
    expect(gaps).toEqual([]);
    const known = new Set<string>(causes.map((c) => c.id));
    expect(Object.keys(causesZh).filter((id) => !known.has(id))).toEqual([]);
  });

  it('every reading is translated, with no placeholder that English lacks', () => {
    const gaps = readingRules.filter((rule) => {
      const words = readingsZh[rule.id];
      return words === undefined || placeholders(words.says).some((name) => !placeholders(rule.says).includes(name));
    });
    expect(gaps.map((rule) => rule.id)).toEqual([]);
  });
});
