import { describe, expect, it } from 'vitest';
import { prometheusText } from '../../src/importers/prometheus-text.js';
import { checkImport, checkNotMine, readWith } from '../support/check-import.js';

checkImport('prometheus-text', 'classic.prom');
checkImport('prometheus-text', 'openmetrics.txt');
checkImport('prometheus-text', 'broken-lines.prom');
checkNotMine('prometheus-text', {
  'a log': '2024-05-06T10:00:00Z up\n2024-05-06T10:00:01Z down\n',
  'a kernel table': 'nr_free_pages 12\nnr_zone_inactive_anon 3\n(none)\n',
  JSON: '{"status":"success"}\n',
});

it('reads lines that begin alike as it reads those that differ in blanks', async () => {
  const ends = ['1 1700000000000', '2 1700000015000', '3', '4 1700000030000', '5', '6 1700000045000'];
  const shapes = await Promise.all(
    [0, 1].map(async (blanks) => {
      const lines = ends.map((end, i) => `a{${' '.repeat(blanks * i)}b="1"} ${end}\n`).join('');
      const { series } = await readWith(prometheusText, 'x', new TextEncoder().encode(lines));
      return series.map(({ name, labels, time, value }) => ({ name, labels, time, value }));
    }),
  );
  expect(shapes[0]).toEqual(shapes[1]);
});

describe('times of samples', () => {
  const timeOf = async (text: string): Promise<number> => {
    const imported = await readWith(prometheusText, 'x', new TextEncoder().encode(text));
    return imported.series[0]!.time[0]!;
  };

  it('are milliseconds in the classic format', async () => {
    expect(await timeOf('a 1 1700000000123\n')).toBe(1_700_000_000_123);
    expect(await timeOf('a 1 60000\n')).toBe(60_000);
  });

  it('are seconds in OpenMetrics and wherever they have decimals or the size of seconds', async () => {
    expect(await timeOf('a 1 1700000000.5\n')).toBe(1_700_000_000_500);
    expect(await timeOf('a 1 1700000000\n')).toBe(1_700_000_000_000);
    expect(await timeOf('a 1 60\n# EOF\n')).toBe(60_000);
  });
});
