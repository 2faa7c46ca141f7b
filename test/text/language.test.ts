import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes/all.js';
import { readingRules } from '../../src/readings/all.js';
import { renderWith } from '../../src/render/notebook.js';
import { asHeading, asSentence } from '../../src/notebook/parts/sentence.js';
import { createText } from '../../src/text/text.js';
import { hostileNames, makeInquiry } from '../support/inquiry.js';

const knowledge = { causes, readings: readingRules };

/** Text of a page without code, file names, commands and the literature. */
function prose(html: string): string {
  return html
    .replace(/<(style|script|pre|code|svg)\b[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#\d+;/g, ' ');
}

describe('language', () => {
  it('the Chinese report holds no English sentence', async () => {
    const { text } = await renderWith(makeInquiry(), knowledge, { lang: 'zh' });
    expect(prose(text).match(/(?:\b[A-Za-z]+\b[ ,]+){3,}[A-Za-z]+\b/g) ?? []).toEqual([]);
    expect(text).toContain('lang="zh-CN"');
  });

  it('emphasis of the Chinese report is read as such, whatever stands beside it', async () => {
    const { text } = await renderWith(makeInquiry(), knowledge, { lang: 'zh' });
    expect(prose(text)).not.toContain('*');
  });

  it('the pictures of the Chinese report hold none either', async () => {
    const { text } = await renderWith(makeInquiry(), knowledge, { lang: 'zh' });
    const words = Array.from(text.matchAll(/<text[^>]*>([^<]*)<\/text>/g), (found) => found[1]!);
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word) => /(?:\b[A-Za-z]+\b[ ,]+){3,}[A-Za-z]+\b/.test(word))).toEqual([]);
  });

  it('fills by name and number, escapes what is foreign', () => {
    const text = createText('en', knowledge);
    expect(text.t('list.more', { n: 3 })).toBe('3 more');
    expect(text.t('scope.affected', { n: 1, pods: '*a* [b](c)' })).toBe('1 pod was hit: \\*a\\* \\[b\\](c).');
    expect(text.t('scope.affected', { n: 2, pods: { md: '`a`' } })).toBe('2 pods were hit: `a`.');
    expect(text.plain('scope.affected', { n: 2, pods: '{n} {__proto__}' })).toBe('2 pods were hit: {n} {__proto__}.');
    expect(text.signal('raw:weird_name')).toBe('weird_name');
    expect(text.cause('__proto__')).toBe('__proto__');
    expect(text.list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(createText('zh', knowledge).list(['甲', '乙', '丙'])).toBe('甲、乙和丙');
  });

  it('makes sentences of statements and leaves names as they are spelt', () => {
    expect(asSentence('no stalls on memory')).toBe('No stalls on memory.');
    expect(asSentence('numa_pages_migrated grows')).toBe('numa_pages_migrated grows.');
    expect(asSentence('没有内存停顿')).toBe('没有内存停顿。');
    expect(asHeading('it ends.')).toBe('It ends');
    expect(asSentence('')).toBe('');
  });

  it('reports under hostile names are written without a throw in both languages', async () => {
    for (const lang of ['en', 'zh'] as const)
      expect((await renderWith(makeInquiry(hostileNames), knowledge, { lang })).text).toContain('</html>');
  });
});
