import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { burst } from '../../src/detectors/burst.js';
import { detectors } from '../../src/detectors/all.js';
import { detectArrays, detectSeries, detectTable, findingsTable, seriesOf } from '../../src/frame/findings.js';

const quiet = [3, 2, 4, 3, 2, 3, 4, 2, 3, 3, 2, 4, 3, 2, 3, 3];
const loud = quiet.map((v, i) => (i === 9 ? 90 : v));
const time = quiet.map((_, i) => i * 15_000);

describe('detectors on plain arrays, series and tables', () => {
  it('say the same of the same samples', () => {
    const [one] = detectArrays(burst, time, loud);
    expect(one).toMatchObject({ pattern: 'burst', peak: 90 });
    expect(detectSeries(burst, seriesOf(time, loud))).toEqual([one]);
    const found = detectTable(burst, table({ time, value: loud }));
    expect(found.numRows()).toBe(1);
    expect(found.get('from', 0)).toBe(one!.from);
  });

  it('tell the series of a table apart, whatever the order of the rows', () => {
    const rows = [
      ...time.map((t, i) => ['a', t, quiet[i]!] as const),
      ...time.map((t, i) => ['__proto__', t, loud[i]!] as const),
    ];
    rows.reverse();
    const samples = table({ pod: rows.map((r) => r[0]), time: rows.map((r) => r[1]), value: rows.map((r) => r[2]) });
    const found = detectTable(burst, samples, { by: ['pod'] });
    expect(found.numRows()).toBe(1);
    expect(found.get('pod', 0)).toBe('__proto__');
  });

  it('refuse what is no series', () => {
    expect(() => seriesOf([0, 1], [1])).toThrow(RangeError);
    expect(() => seriesOf([1, 1], [1, 2])).toThrow(RangeError);
  });

  it('every detector runs on a table', () => {
    for (const detector of detectors) expect(detectTable(detector, table({ time, value: quiet })).numRows()).toBe(0);
    expect(findingsTable([]).numRows()).toBe(0);
  });
});
