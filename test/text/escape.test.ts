import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { codeSpan, escapeHtml, escapeMarkdown, visible } from '../../src/text/escape.js';

const markdown = new MarkdownIt({ html: false });
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('escaping', () => {
  it('Markdown reads exactly as the text does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // blanks at the ends and runs of them are no content in Markdown
        const shown = visible(text);
        const html = markdown.renderInline(`x${escapeMarkdown(text)}x`);
        expect(textOf(html).replace(/\s+/g, ' ')).toBe(`x${shown}x`.replace(/\s+/g, ' '));
        expect(html).not.toMatch(/<(?!\/?$)[a-z]/);
      }),
    );
  });

  it('brackets stay as they are, and begin no list', () => {
    expect(escapeMarkdown('load (1 min)!')).toBe('load (1 min)!');
    for (const text of ['1) a', '12. b', '[a](b)', '![a](b)'])
      expect(markdown.render(`- ${escapeMarkdown(text)}`)).not.toMatch(/<(?:ol|a|img)/);
  });

  it('a code span holds any text and nothing but code', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', ' ', 'a', '\\', '*', '<', '\n', '[') }), (text) => {
        const html = markdown.renderInline(`x ${codeSpan(text)} x`);
        expect(html).toMatch(/^x <code>[^]*<\/code> x$/);
        if (visible(text).trim() !== '')
          expect(textOf(html).trim().replace(/\s+/g, ' ')).toBe(`x ${visible(text)} x`.replace(/\s+/g, ' '));
      }),
    );
  });

  it('HTML cannot be left', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('control and direction marks are shown, length is bounded', () => {
    expect(visible('a\u0000b\u001b[31m\u202ec')).toBe('a\ufffdb\ufffd[31m\ufffdc');
    expect(visible('x\ny\tz')).toBe('x y z');
    expect(visible('a'.repeat(1000))).toHaveLength(201);
    expect(visible('\ud800')).toBe('\ufffd');
  });
});
