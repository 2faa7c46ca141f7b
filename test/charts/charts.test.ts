import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as charts from '../../src/charts/index.js';
import { checkChart } from '../support/check-chart.js';

describe('charts', () => {
  it('the barrel holds every chart, its id equal to the file name', () => {
    const files = readdirSync(new URL('../../src/charts', import.meta.url)).map((f) => f.replace('.ts', ''));
    const helpers = ['chart', 'theme', 'rows', 'index'];
    expect(
      Object.values(charts)
        .map((c) => c.id)
        .sort(),
    ).toEqual(files.filter((f) => !helpers.includes(f)).sort());
  });

  it('probability', async () => {
    const rows = [0.86, 0.13, 0.01, 0].map((probability, i) => ({
      title: `cause ${i}`,
      probability,
      verdict: i === 1 ? '' : 'possible',
      leading: i === 0,
    }));
    await checkChart(charts.probability, { rows, axisTitle: 'probability', description: 'd' });
  });

  it('before-after, from nothing to enormous', async () => {
    const rows = [1e9, 3, 0.2, 0, -4, -5000].map((ratio, i) => ({
      title: `signal ${i}`,
      ratio,
      label: `${ratio} units`,
      moved: Math.abs(ratio) > 1,
    }));
    await checkChart(charts.beforeAfter, { rows, axisTitle: 'change', bandTitle: 'not visible', description: 'd' });
    await checkChart(charts.beforeAfter, {
      rows: rows.slice(3, 4),
      axisTitle: 'change',
      bandTitle: 'not visible',
      description: 'd',
    });
  });

  it('evidence-matrix', async () => {
    const verdicts = ['for', 'against', 'unknown'] as const;
    const cells = Array.from({ length: 60 }, (_, i) => ({
      clue: i % 12,
      cause: i % 5,
      verdict: verdicts[i % 3]!,
      weight: (i % 20) - 10,
    }));
    await checkChart(charts.evidenceMatrix, {
      causes: ['a', 'b', 'c', 'd', 'a cause with a long name'],
      clues: Array.from({ length: 12 }, (_, i) => `clue ${i}`),
      cells,
      letters: { for: 'F', against: 'A', unknown: '?' },
      legend: { for: 'for', against: 'against', unknown: 'unknown' },
      description: 'd',
    });
  });

  it('compensation', async () => {
    const start = Float64Array.from({ length: 3000 }, (_, i) => i * 1000);
    await checkChart(charts.compensation, {
      from: 0,
      to: 3_000_000,
      unit: 'connections/second',
      baseline: 80,
      start,
      time: start.map((t) => t + 1000),
      value: start.map((_, i) => (i === 9 ? NaN : 80 + (i % 7))),
      lobes: [
        { from: 100_000, to: 150_000, direction: 'up', label: '+720' },
        { from: 150_000, to: 200_000, direction: 'down', label: '−1020' },
      ],
      language: 'en',
      baselineLabel: 'baseline 80',
      timeTitle: 'time (UTC)',
      valueTitle: 'connections/s',
      description: 'd',
    });
  });

  it('dose', async () => {
    const points = Array.from({ length: 300 }, (_, i) => ({
      name: `pod-${i}`,
      dose: i * 10,
      effect: i * i,
      affected: i > 150,
    }));
    const common = {
      doseUnit: 'segments/second',
      effectUnit: 'bytes',
      doseTitle: 'traffic',
      effectTitle: 'rise',
      affectedLabel: 'hit',
      sparedLabel: 'spared',
      language: 'en',
      description: 'd',
    } as const;
    await checkChart(charts.dose, { points, ...common });
    await checkChart(charts.dose, { points: points.slice(0, 4), ...common });
  });
});
