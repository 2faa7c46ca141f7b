import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { anomalyTable, changePointTable, culpritTable, leadLagTable } from '../../src/frame/analyses.js';
import { noise } from '../support/synth.js';

const n = 400;
const random = noise(1);
const time = Float64Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i * 15_000);
const column = (rise: number) =>
  Float64Array.from({ length: n }, (_, i) => 10 + random.normal() + (i >= 250 ? rise : 0));
const wide = table({
  time,
  a_cpu: column(90),
  b_cpu: column(0),
  c_cpu: column(0),
  note: new Array<string>(n).fill('x'),
});

describe('analyses on tables', () => {
  it('change points', () => {
    const found = changePointTable(wide, { columns: ['a_cpu'] });
    expect([...found.array('index')]).toEqual([250]);
    expect([...found.array('time')]).toEqual([time[250]]);
  });

  it('anomalies, one column for each', () => {
    const found = anomalyTable(wide);
    expect(found.columnNames()).toEqual([
      'time',
      'a_cpu',
      'b_cpu',
      'c_cpu',
      'note',
      'a_cpu_anomaly',
      'b_cpu_anomaly',
      'c_cpu_anomaly',
    ]);
    expect(found.numRows()).toBe(n);
  });

  it('culprits by the time of the alarm', () => {
    const found = culpritTable(wide, { onset: time[260]! });
    expect(found.get('name', 0)).toBe('a_cpu');
    expect(found.numRows()).toBe(3);
  });

  it('lead and lag', () => {
    const shifted = table({
      a: wide.array('b_cpu') as Float64Array,
      b: Float64Array.from({ length: n }, (_, i) => (wide.array('b_cpu') as Float64Array)[Math.max(0, i - 2)]!),
    });
    expect(leadLagTable(shifted, 'a', 'b').object()).toMatchObject({ verdict: 'first', lag: 2 });
  });
});
