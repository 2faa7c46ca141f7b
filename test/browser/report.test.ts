import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderWith } from '../../src/render/notebook.js';
import { hostileNames, knowledge, makeInquiry, plainNames, type Names } from '../support/inquiry.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (executablePath === undefined)
  console.log('browser tests skipped: no chromium in /usr/bin (apt-get install chromium)');

/** What the tests ask of an element; the program knows no DOM types. */
interface Node {
  readonly id: string;
  open?: boolean;
  readonly parentElement: Node | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number; readonly right: number };
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

describe.skipIf(executablePath === undefined)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inquest-browser-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: FLAGS.split(' ') });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function write(name: string, lang: 'en' | 'zh', names: Names = plainNames, options = {}): Promise<string> {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, (await renderWith(makeInquiry(names), knowledge, { lang, ...options })).text);
    return pathToFileURL(path).href;
  }

  interface Seen {
    readonly page: Page;
    readonly context: BrowserContext;
    readonly requests: string[];
    readonly errors: string[];
  }

  /** Opens a page from disk with every request beyond it refused and noted. */
  async function open(url: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Seen> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    await page.route('**', (route) => {
      if (route.request().url() === url) return route.continue();
      requests.push(route.request().url());
      return route.abort();
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(url);
    return { page, context, requests, errors };
  }

  it.each([
    ['en', 1280, 'light'],
    ['en', 390, 'light'],
    ['zh', 1280, 'dark'],
    ['zh', 390, 'dark'],
  ] as const)(
    '%s at %d px, %s: no request, no error, every chart seen, nothing cut off',
    async (lang, width, scheme) => {
      const { page, context, requests, errors } = await open(await write(`plain-${lang}`, lang), width, scheme);
      expect(requests).toEqual([]);
      expect(errors).toEqual([]);
      const charts = await page.$$eval('figure', (figures: Node[]) =>
        figures.map((figure) => {
          const shown = Array.from(figure.querySelectorAll('svg'), (svg) => svg.getBoundingClientRect()).filter(
            (box) => box.width > 0,
          );
          return {
            id: figure.id,
            n: shown.length,
            width: shown[0]?.width ?? 0,
            height: shown[0]?.height ?? 0,
            right: shown[0]?.right ?? 0,
          };
        }),
      );
      expect(charts.length).toBeGreaterThan(6);
      for (const chart of charts) {
        expect(chart, chart.id).toMatchObject({ n: 1 });
        expect(chart.width, chart.id).toBeGreaterThan(width * 0.5 - 60);
        expect(chart.height, chart.id).toBeGreaterThan(60);
        expect(chart.right, chart.id).toBeLessThanOrEqual(width);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await context.close();
    },
  );

  it.each([
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const)('%s, %s: nothing that axe objects to, folds opened', async (lang, scheme) => {
    const { page, context } = await open(await write(`axe-${lang}`, lang), 1280, scheme);
    await page.$$eval('details', (folds: Node[]) => folds.forEach((fold) => (fold.open = true)));
    // evaluate runs outside the page's policy, which would rightly refuse a second script
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const violations = await page.evaluate(async () => {
      const axe = (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe;
      return (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200) ?? ''}`);
    });
    expect(violations).toEqual([]);
    await context.close();
  });

  it('hostile names run nothing and ask for nothing', async () => {
    const { page, context, requests, errors } = await open(await write('hostile', 'en', hostileNames), 1280);
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
    expect(await page.$$eval('img, iframe, object, embed, script', (nodes) => nodes.length)).toBe(1);
    expect(await page.textContent('main')).toContain('</script><script>alert(1)</script>');
    await context.close();
  });

  it('pointing at an instant marks it in every timeline', async () => {
    const { page, context } = await open(await write('pointer', 'en'), 1280);
    const first = page.locator('svg[data-from]:visible').first();
    await first.scrollIntoViewIfNeeded();
    const box = (await first.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
    const charts = await page.locator('svg[data-from]:visible').count();
    expect(charts).toBeGreaterThan(1);
    expect(await page.locator('svg .mark').count()).toBe(charts);
    expect(new Set(await page.locator('svg .instant').allTextContents()).size).toBe(1);
    await page.mouse.move(2, 2);
    expect(await page.locator('svg .mark').count()).toBe(0);
    await context.close();
  });

  it('a footnote leads to its source, by keyboard', async () => {
    const { page, context } = await open(await write('keyboard', 'en'), 1280);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.className')).toBe('skip');
    await page.locator('.cite a').first().focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate("document.querySelector('tr:target')?.getBoundingClientRect().height ?? 0"))
      .toBeGreaterThan(5);
    await context.close();
  });

  it.each([{}, { static: true }])('prints every chart and every fold, in light colours %j', async (options) => {
    const { page, context } = await open(
      await write(`print-${Object.keys(options).length}`, 'en', plainNames, options),
      1280,
      'dark',
    );
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const hidden = await page.$$eval('figure, table', (nodes: Node[]) =>
      nodes
        .filter((node) => {
          const box = (node.querySelector('.wide svg') ?? node.querySelector('svg') ?? node).getBoundingClientRect();
          return box.width < 50 || box.height < 10;
        })
        .map((node) => node.id || node.parentElement?.id),
    );
    expect(hidden).toEqual([]);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.length).toBeGreaterThan(50_000);
    await context.close();
  });
});
