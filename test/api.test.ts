import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as inquest from '../src/index.js';

describe('public names', () => {
  it('are these', () => {
    expect(Object.keys(inquest).sort()).toMatchInlineSnapshot(`
      [
        "InquestError",
        "absence",
        "absenceArrays",
        "absenceSeries",
        "absenceTable",
        "anomalyAlarms",
        "anomalyScores",
        "anomalyTable",
        "causes",
        "changePointTable",
        "changePoints",
        "charts",
        "compensationPair",
        "cssTheme",
        "culpritTable",
        "darkTheme",
        "detectAll",
        "detectArrays",
        "detectSeries",
        "detectTable",
        "detectors",
        "doseResponse",
        "drawSvg",
        "energyDivisive",
        "findWindows",
        "findingsTable",
        "importDump",
        "importers",
        "inquire",
        "leadLag",
        "leadLagTable",
        "leadLagTracks",
        "lightTheme",
        "observe",
        "onsets",
        "openDump",
        "orderOf",
        "prepare",
        "queueDelay",
        "rankCulprits",
        "readingRules",
        "recurrence",
        "recurring",
        "renderNotebook",
        "renderReport",
        "scopeOf",
        "seriesOf",
        "signalOf",
        "signals",
        "spreadChanges",
        "spreadTable",
        "toTrack",
        "verify",
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
