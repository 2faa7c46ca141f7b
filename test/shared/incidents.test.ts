/**
 * Incidents of the recorded cases in every view: found when they were, on whom they were, and not where nothing was.
 * Prints a table; grades the sum, so that one hard case does not hide the rest.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { detectAll } from '../../src/detectors/all.js';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { scopeOf } from '../../src/incidents/scope.js';
import { findWindows } from '../../src/incidents/windows.js';
import { alignClocks } from '../../src/series/clock.js';
import { preferred } from '../../src/series/prefer.js';
import { prepare } from '../../src/series/prepare.js';
import { toTrack } from '../../src/series/rate.js';

const CASES = new URL('../../../shared/cases/', import.meta.url);
const here = existsSync(CASES);
if (!here) console.log('skipped: no recorded cases beside the project');

interface Truth {
  readonly cause: string;
  readonly start: number;
  readonly end: number;
  readonly affected_pods: readonly string[];
  readonly symptom_by_client: Readonly<
    Record<string, { readonly first: number; readonly last: number; readonly seconds: number }>
  >;
  readonly presentation: { readonly scrape_s: number; readonly csv_time: string };
}

interface Row {
  readonly name: string;
  readonly view: string;
  readonly windows: number;
  readonly overlaps: boolean;
  readonly onset: boolean;
  /** Affected pods that were neither targets nor felt by any client. */
  readonly strangers: readonly string[];
  /** Pods with at least ten bad seconds that were not named. */
  readonly missed: readonly string[];
}

const names = here ? readdirSync(CASES).filter((name) => existsSync(new URL(`${name}/truth.json`, CASES))) : [];
const views = ['full', 'metrics', 'csv'] as const;
const rows: Row[] = [];

async function rowOf(name: string, view: (typeof views)[number], truth: Truth): Promise<Row> {
  const folder = new URL(`${name}/dump/${view === 'full' ? '' : view}`, CASES);
  const of = prepare(alignClocks(await importDump(await openDump([fileURLToPath(folder)])), {}));
  const tracks = preferred(of).map(toTrack);
  const windows = findWindows(detectAll(tracks), tracks, of);
  const felt = Object.values(truth.symptom_by_client);
  const first = felt.length > 0 ? Math.min(...felt.map((one) => one.first)) : truth.start;
  const last = felt.length > 0 ? Math.max(...felt.map((one) => one.last)) : truth.end;
  const window = windows[0];
  const step = view === 'metrics' ? truth.presentation.scrape_s * 1000 : 2000;
  const scope = window === undefined ? null : scopeOf(of, tracks, window);
  const named = (scope?.affected ?? []).map(({ pod }) => pod!);
  const bad = Object.entries(truth.symptom_by_client);
  return {
    name,
    view,
    windows: windows.length,
    overlaps: window !== undefined && window.from <= Math.max(truth.end, last) && window.to >= truth.start,
    onset: window !== undefined && window.from >= truth.start - step && window.from <= first + step,
    strangers: named.filter((pod) => !truth.affected_pods.includes(pod) && truth.symptom_by_client[pod] === undefined),
    missed: bad.filter(([pod, { seconds }]) => seconds >= 10 && !named.includes(pod)).map(([pod]) => pod),
  };
}

describe.skipIf(!here)('incidents of the recorded cases', () => {
  for (const name of names) {
    const truth = JSON.parse(readFileSync(new URL(`${name}/truth.json`, CASES), 'utf8')) as Truth;
    for (const view of views) {
      // times without zone and without anything to align them by are off by whole hours, which is not detection's matter
      if (view === 'csv' && truth.presentation.csv_time.includes('without zone')) continue;
      it(`${name}, ${view}`, async () => {
        const row = await rowOf(name, view, truth);
        rows.push(row);
        if (truth.cause === 'none') expect(row.windows, 'incidents in a healthy recording').toBe(0);
        else if (truth.cause !== 'traffic-surge') expect(row.windows, 'incidents').toBeGreaterThan(0);
      });
    }
  }

  it('hits the window, the onset and the pods', () => {
    const real = rows.filter(({ name }) => !/^(none|traffic-surge)/.test(name));
    const share = (test: (row: Row) => boolean): number => real.filter(test).length / real.length;
    expect(share((row) => row.overlaps)).toBe(1);
    expect(share((row) => row.strangers.length === 0)).toBeGreaterThanOrEqual(0.95);
    expect(share((row) => row.missed.length === 0)).toBeGreaterThanOrEqual(0.9);
    expect(share((row) => row.onset)).toBeGreaterThanOrEqual(0.9);
  });

  afterAll(() => {
    for (const row of rows) {
      const marks = [row.overlaps ? 'window' : '-', row.onset ? 'onset' : '-'].join(' ');
      const pods = [...row.strangers.map((pod) => `+${pod}`), ...row.missed.map((pod) => `−${pod}`)].join(' ');
      console.log(`${row.name.padEnd(22)} ${row.view.padEnd(8)} ${row.windows} ${marks} ${pods}`);
    }
  });
});
