import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { absenceArrays, absenceSeries, absenceTable } from '../../src/frame/absence.js';
import { seriesOf } from '../../src/frame/findings.js';

const time = Array.from({ length: 60 }, (_, i) => i * 15_000);
const calm = time.map((_, i) => 0.02 + 0.001 * ((i * 7) % 5));
const high = calm.map((v, i) => (i >= 30 && i < 34 ? v + 0.2 : v));
const window = { from: 30 * 15_000 - 1, to: 34 * 15_000 - 1 };
const question = { relevant: 0.05, unit: 'ratio' } as const;

describe('absence on plain arrays, series and tables', () => {
  it('says the same of the same samples', () => {
    const one = absenceArrays(time, calm, window, question);
    expect(one).toMatchObject({ state: 'flat', unit: 'ratio', samples: 4 });
    expect(absenceSeries(seriesOf(time, calm, { unit: 'ratio' }), window, question)).toEqual(one);
    expect(absenceSeries(undefined, window, question).state).toBe('not-collected');
  });

  it('gives a row to every series of a table', () => {
    const node = [...time.map(() => 'a'), ...time.map(() => 'b'), ...time.slice(0, 20).map(() => 'c')];
    const all = {
      node,
      time: [...time, ...time, ...time.slice(0, 20)],
      value: [...calm, ...high, ...calm.slice(0, 20)],
    };
    const found = absenceTable(table(all), window, { ...question, by: ['node'] });
    expect(found.array('node')).toEqual(['a', 'b', 'c']);
    expect(found.array('state')).toEqual(['flat', 'changed', 'not-collected']);
    expect(found.get('high', 0)).toBeLessThan(0.05);
    expect(found.get('high', 2)).toBeNaN();
  });
});
