import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as inquest from '../src/index.js';

describe('public names', () => {
  it('are these', () => {
    expect(Object.keys(inquest).sort()).toMatchInlineSnapshot(`
      [
        "InquestError",
        "causes",
        "charts",
        "cssTheme",
        "darkTheme",
        "detectAll",
        "detectors",
        "drawSvg",
        "importDump",
        "importers",
        "inquire",
        "lightTheme",
        "openDump",
        "prepare",
        "readingRules",
        "renderNotebook",
        "renderReport",
        "signalOf",
        "signals",
        "version",
      ]
    `);
  });

  it('the version is that of package.json', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(inquest.version).toBe(version);
  });
});
