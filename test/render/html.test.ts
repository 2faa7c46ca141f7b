import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderWith } from '../../src/render/notebook.js';
import { hostileNames, knowledge, makeInquiry, plainNames } from '../support/inquiry.js';

const page = async (names = plainNames, options = {}): Promise<string> =>
  (await renderWith(makeInquiry(names), knowledge, options)).text;

describe('the HTML report', () => {
  it('is the same bytes every time', async () => {
    expect(await page()).toBe(await page());
  });

  it('allows its one script by hash and nothing else', async () => {
    const html = await page();
    const scripts = Array.from(html.matchAll(/<script>([^]*?)<\/script>/g), (found) => found[1]!);
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256').update(scripts[0]!).digest('base64');
    expect(html).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'sha256-${hash}'`,
    );
    expect(scripts[0]).not.toMatch(/innerHTML|outerHTML|insertAdjacent|eval|Function|fetch|XMLHttp|document\.write/);
  });

  it('--static holds no script', async () => {
    const html = await page(plainNames, { static: true });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('script-src');
  });

  it('refers to nothing outside itself', async () => {
    for (const names of [plainNames, hostileNames]) {
      const html = (await page(names)).replaceAll('http://www.w3.org/2000/svg', '');
      const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
      const outside = tags.filter((tag) =>
        /\s(?:src|href|action|data|poster|srcset)\s*=\s*(?:"(?!#|data:,)|'|[^"'\s])/i.test(tag),
      );
      expect(outside).toEqual([]);
      expect(html).not.toMatch(/@import|url\(/);
    }
  });

  it('hostile names stay text', async () => {
    const html = await page(hostileNames);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<b>passwd|onerror=alert\(1\)>|href="javascript:/);
    expect(html).toContain('&#60;/script&#62;');
    expect(html).not.toContain('\u202e');
    expect(html).not.toContain('\u0000');
  });

  it('ids are unique and every inner link has its end', async () => {
    for (const names of [plainNames, hostileNames]) {
      const html = await page(names);
      const ids = Array.from(html.matchAll(/\sid="([^"]*)"/g), (found) => found[1]!);
      expect(new Set(ids).size).toBe(ids.length);
      const links = Array.from(html.matchAll(/href="#([^"]*)"/g), (found) => found[1]!);
      expect(links.length).toBeGreaterThan(20);
      expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    }
  });

  it('leaves telephone pictures out before it grows over its budget', async () => {
    const { renderHtml } = await import('../../src/render/html.js');
    const { runNotebook } = await import('../../src/notebook/run.js');
    const { createText } = await import('../../src/text/text.js');
    const notebook = runNotebook('::: timeline', makeInquiry(), createText('en', knowledge));
    const words = { contents: 'c', skip: 's', source: 'q', scroll: 'r' };
    const full = await renderHtml(notebook, { words });
    const small = await renderHtml(notebook, { words, budget: full.length - 1 });
    expect(full.match(/<svg/g)).toHaveLength(2);
    expect(small.match(/<svg/g)).toHaveLength(1);
  });
});
