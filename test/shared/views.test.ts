/**
 * Two views of one incident say the same: the CSV exports, the query answers and the raw snapshots of each recorded case
 * land on one clock and give the same signals within their resolution; zones of local times are inferred, or declared
 * ambiguous where nothing tells.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { omit } from '../../src/series/labels.js';
import { prepare } from '../../src/series/prepare.js';
import { parseExpression } from '../../src/series/expression.js';
import type { Case } from '../../src/types/case.js';
import type { Series } from '../../src/types/series.js';
import { memoryDump } from '../support/memory-dump.js';

const CASES = new URL('../../../shared/cases/', import.meta.url);
const here = existsSync(CASES);
if (!here) console.log('skipped: no recorded cases beside the project');

interface Truth {
  readonly presentation: { readonly csv_time: string };
}

function filesOf(folder: URL, prefix = ''): { path: string; content: Uint8Array }[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const url = new URL(name, folder);
      if (statSync(url).isDirectory()) return filesOf(new URL(`${name}/`, folder), `${prefix}${name}/`);
      return [{ path: `${prefix}${name}`, content: new Uint8Array(readFileSync(url)) }];
    });
}

async function caseOf(name: string, ...views: readonly string[]): Promise<Case> {
  const files = filesOf(new URL(`${name}/dump/`, CASES)).filter(({ path }) =>
    views.some((view) => path.startsWith(view)),
  );
  return prepare(await importDump(memoryDump(files)));
}

const names = here ? readdirSync(CASES).filter((name) => existsSync(new URL(`${name}/truth.json`, CASES))) : [];
const truthOf = (name: string): Truth =>
  JSON.parse(readFileSync(new URL(`${name}/truth.json`, CASES), 'utf8')) as Truth;

const view = (series: Series): string => /^[a-z-]+/.exec(series.source.file)![0];
const entity = ({ labels, signal, source }: Series): string => {
  const rest = omit(labels, ['node', 'namespace', 'container']);
  // one signal may come by several metrics that are scraped at different instants
  const metric = parseExpression(source.name ?? '')?.metric ?? '';
  return `${signal} ${metric} ${JSON.stringify(Object.entries(rest).sort())}`;
};

/** Pairs of series of the same thing from two views. */
function pairs(of: Case, a: string, b: string, key: (series: Series) => string): [Series, Series][] {
  const byEntity = new Map<string, Series>();
  for (const one of of.series) if (view(one) === b) byEntity.set(key(one), one);
  return of.series.flatMap((one): [Series, Series][] => {
    const other = view(one) === a ? byEntity.get(key(one)) : undefined;
    return other === undefined ? [] : [[one, other]];
  });
}

/** Samples at the same instants that differ by more than their rounding, and how many were compared. */
function differences([a, b]: [Series, Series]): { compared: number; different: number } {
  const at = new Map([...b.time].map((time, i) => [time, b.value[i]!]));
  let compared = 0;
  let different = 0;
  for (const [i, time] of a.time.entries()) {
    const other = at.get(time);
    if (other === undefined) continue;
    compared++;
    const slack = (a.rounding ?? 0) + (b.rounding ?? 0) + 1e-6 * Math.abs(other);
    if (!(Math.abs(a.value[i]! - other) <= slack)) different++;
  }
  return { compared, different };
}

describe.skipIf(!here)('views of one incident', () => {
  it.each(names)('%s: exports as CSV are the query answers', async (name) => {
    const both = await caseOf(name, 'csv', 'metrics');
    const local = /without zone|UTC/.test(truthOf(name).presentation.csv_time);
    if (local) {
      const zones = new Set(both.clocks?.map(({ zone, how }) => `${zone} ${how}`));
      const wanted = truthOf(name).presentation.csv_time.startsWith('UTC') ? 'UTC inferred' : '+08:00 (Asia/Shanghai) inferred'; // prettier-ignore
      expect([...zones]).toEqual([wanted]);
    }
    const found = pairs(both, 'csv', 'metrics', entity);
    expect(found.length).toBeGreaterThan(20);
    const sum = { compared: 0, different: 0 };
    const kinds: string[] = [];
    for (const pair of found) {
      const { compared, different } = differences(pair);
      sum.compared += compared;
      sum.different += different;
      const [a, b] = pair;
      // a flat counter and a flat rate are one
      if (a.kind !== b.kind && a.value.some((value) => value !== a.value[0]))
        kinds.push(`${a.key}: ${a.kind}, ${b.kind}`);
      if (different > 0) kinds.push(`${a.key}: ${different} of ${compared} differ`);
    }
    expect(kinds).toEqual([]);
    expect(sum.compared).toBeGreaterThan(200);
    expect(sum.different).toBe(0);
  });

  it.each(names)('%s: CSV alone says when its zone is a guess', async (name) => {
    const alone = await caseOf(name, 'csv');
    const ambiguous = alone.problems.filter(({ code }) => code === 'AMBIGUOUS_ZONE');
    const local = /without zone|UTC/.test(truthOf(name).presentation.csv_time);
    expect(ambiguous.length).toBe(local ? 1 : 0);
    for (const { signal } of alone.series) expect(signal).not.toMatch(/^raw:(?:Time|Value|column)/);
    const signals = new Set(alone.series.map(({ signal }) => signal));
    for (const wanted of ['app.latency.p99', 'app.requests', 'app.failures', 'net.tcp.segments_in', 'cpu.node.idle'])
      expect(signals, wanted).toContain(wanted);
  });

  const recorded = names
    .filter((name) => /without zone|UTC|epoch/.test(truthOf(name).presentation.csv_time))
    .slice(0, 4);
  it.each(recorded)('%s: snapshots, query answers and CSV are on one clock', async (name) => {
    const all = await caseOf(name, 'csv', 'metrics', 'proc-snapshots');
    for (const file of all.files) if (file.path.startsWith('csv/')) expect(file.zone ?? 'UTC').not.toContain('assumed');
    let compared = 0;
    let outside = 0;
    for (const [coarse, fine] of pairs(all, 'metrics', 'proc-snapshots', ({ key }) => key)) {
      if (coarse.kind !== 'counter' || fine.kind !== 'counter') continue;
      for (const [i, time] of coarse.time.entries()) {
        // a scrape is up to one interval old, and a snapshot takes a moment
        const near = [...fine.time.keys()].filter((j) => fine.time[j]! >= time - coarse.step - 2000 && fine.time[j]! <= time + 2000); // prettier-ignore
        if (near.length < 3) continue;
        compared++;
        const value = coarse.value[i]!;
        if (value < fine.value[near[0]!]! - 1e-6 || value > fine.value[near.at(-1)!]! + 1e-6) outside++;
      }
    }
    expect(compared).toBeGreaterThan(30);
    expect(outside / compared).toBeLessThan(0.03);
  });
});
