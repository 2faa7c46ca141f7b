import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { inquire, openDump, renderNotebook } from '../../src/index.js';

// The picture of the README: the top of the report of the bundled incident.
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inquest-picture-'));
const inquiry = await inquire(await openDump(`${root}data/reference-incident/dump`, { name: 'reference incident' }));
writeFileSync(join(folder, 'report.html'), await renderNotebook(inquiry));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, deviceScaleFactor: 1 });
await page.goto(pathToFileURL(join(folder, 'report.html')).href);
const facts = await page.locator('table.facts').first().boundingBox();
const chart = await page.locator('figure').first().boundingBox();
await page.screenshot({
  path: `${root}data/report.png`,
  fullPage: true,
  clip: { x: 0, y: 0, width: 1180, height: facts === null ? 640 : facts.y + facts.height + 16 },
});
if (chart !== null)
  await page.screenshot({
    path: `${root}data/timeline.png`,
    fullPage: true,
    clip: { x: chart.x - 8, y: chart.y - 8, width: chart.width + 16, height: chart.height + 12 },
  });
await browser.close();
rmSync(folder, { recursive: true });
