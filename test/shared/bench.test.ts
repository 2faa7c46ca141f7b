import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rankCulprits } from '../../src/culprits/rank.js';
import { anomalyAlarms } from '../../src/stats/anomaly-score.js';
import { changePoints } from '../../src/stats/change-points.js';

/** The public benchmarks beside the project, with their scorers. */
const BENCH = new URL('../../../shared/bench/', import.meta.url);

const here = existsSync(new URL('run.mjs', BENCH));
if (!here) console.log('skipped: no benchmarks beside the project');

// the same three functions that test/bench/adapter.mjs hands to the scorers from dist
const adapter = {
  changePoints: (values: Float64Array, { multivariate }: { multivariate?: Float64Array[] } = {}) =>
    changePoints(multivariate ?? values).cuts,
  anomalyScores: anomalyAlarms,
  rankCulprits: (question: Parameters<typeof rankCulprits>[0]) =>
    rankCulprits(question).map(({ name, score }) => ({ name, score })),
};

interface Scorer {
  run(adapter: unknown, data: string, options?: object): Promise<never>;
  runSockShop(adapter: unknown, data: string): Promise<never>;
}
const load = (name: string) => import(new URL(name, BENCH).href) as Promise<Scorer>;
const data = new URL('data', BENCH).pathname;

describe.skipIf(!here)('public benchmarks', () => {
  it('TCPD: change points of human annotators', async () => {
    const result: { summary: Record<string, { series: number; f1: number; cover: number }> } = await (
      await load('tcpd.mjs')
    ).run(adapter, data);
    console.table(result.summary);
    const { real25 } = result.summary;
    expect(real25!.f1).toBeGreaterThanOrEqual(0.75);
    expect(real25!.cover).toBeGreaterThanOrEqual(0.7);
  });

  it('NAB: anomalies at one threshold fixed in advance', async () => {
    const result: {
      nab: { standard: number };
      fixed: { standard: number; event: { f1: number; precision: number; recall: number } };
    } = await (await load('nab.mjs')).run(adapter, data, { threshold: 0.5 });
    console.table({ ...result.nab, 'fixed standard': result.fixed.standard, ...result.fixed.event });
    expect(result.nab.standard).toBeGreaterThanOrEqual(65);
    expect(result.fixed.event.f1).toBeGreaterThanOrEqual(0.6);
  });

  it('Sock Shop: culprits, also with the alarm 60 s late', async () => {
    type Level = Record<'service' | 'metric', { all: { ac1: number } }>;
    const result: Level & { late60: Level } = await (await load('rca.mjs')).runSockShop(adapter, data);
    console.table({
      service: result.service.all,
      metric: result.metric.all,
      'service, late': result.late60.service.all,
      'metric, late': result.late60.metric.all,
    });
    expect(result.service.all.ac1).toBeGreaterThanOrEqual(0.98);
    expect(result.metric.all.ac1).toBeGreaterThanOrEqual(0.96);
    expect(result.late60.service.all.ac1).toBeGreaterThanOrEqual(0.96);
    expect(result.late60.metric.all.ac1).toBeGreaterThanOrEqual(0.9);
  });
});
