import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inquire, openDump, renderNotebook } from '../../src/index.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('reports of recorded incidents skipped: no ../shared/cases');

/** Text of a page without code, file names, commands, tables of sources and the literature. */
function prose(html: string): string {
  return html
    .replace(/<(style|script|pre|code)\b[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#\d+;/g, ' ');
}

describe.skipIf(!present)('reports of recorded incidents', () => {
  const cases = present ? readdirSync(CASES).filter((name) => existsSync(`${CASES}/${name}/dump/csv`)) : [];
  it.each(cases)('%s: one Chinese page without an English sentence, within its budget', async (name) => {
    const inquiry = await inquire(await openDump(`${CASES}/${name}/dump/csv`));
    const html = await renderNotebook(inquiry, { lang: 'zh' });
    expect(html.length).toBeLessThan(4_000_000);
    expect(prose(html).match(/(?:\b[A-Za-z]+\b[ ,]+){3,}[A-Za-z]+\b/g) ?? []).toEqual([]);
    expect(html).not.toMatch(/>(?:NaN|undefined|null)</);
    expect(html).not.toMatch(/\{[a-z]\w*\}/);
  });
});
