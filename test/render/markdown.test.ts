import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { renderWith } from '../../src/render/notebook.js';
import { renderJson } from '../../src/render/json.js';
import { hostileNames, knowledge, makeInquiry, plainNames } from '../support/inquiry.js';

describe('the Markdown report', () => {
  it('has a file for every picture, in literal colours, and a picture for every file', async () => {
    const { text, files } = await renderWith(makeInquiry(), knowledge, { format: 'md', folder: 'pictures' });
    const linked = Array.from(text.matchAll(/!\[[^\n]*?\]\(pictures\/([^)]+)\)/g), (found) => found[1]!);
    expect(linked.length).toBeGreaterThan(5);
    expect(files.map((file) => file.name)).toEqual(linked);
    for (const file of files) {
      expect(file.content).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(file.content).not.toContain('var(--');
    }
  });

  it('under hostile names makes no markup and breaks no table', async () => {
    const { text } = await renderWith(makeInquiry(hostileNames), knowledge, { format: 'md' });
    const html = new MarkdownIt({ html: false }).render(text.replace(/!\[[^\n]*?\]\(charts\/[^)]+\)/g, ''));
    expect(html).not.toMatch(/<a |<img/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    for (const [plain, hostile] of [[plainNames, hostileNames]]) {
      const count = async (names: typeof plain): Promise<number[]> => {
        const { text: t } = await renderWith(makeInquiry(names), knowledge, { format: 'md' });
        const tables = new MarkdownIt().render(t).match(/<table>[^]*?<\/table>/g) ?? [];
        return tables.map((table) => (table.match(/<td/g) ?? []).length);
      };
      expect(await count(hostile)).toEqual(await count(plain));
    }
  });

  it('JSON is the diagnosis, and JSON', () => {
    const { diagnosis } = makeInquiry();
    const text = renderJson(diagnosis);
    expect(JSON.parse(text)).toMatchObject({ schema: 1, incidents: [{ verdict: 'probable' }] });
    expect(text.endsWith('}\n')).toBe(true);
  });
});
