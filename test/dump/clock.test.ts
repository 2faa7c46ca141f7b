import { expect, it } from 'vitest';
import { timeOfPath } from '../../src/dump/clock.js';

const AT = Date.UTC(2024, 4, 6, 10, 0, 0);

it('finds the time in a path', () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['proc/1714989600000/stat', AT],
    ['proc/1714989600/net/tcp', AT],
    ['a.tar.gz!/snap-1714989600.5/stat', AT + 500],
    ['2024-05-06_10-00-00/vmstat', AT],
    ['dump-2024-05-06T10:00:00Z.txt', AT],
    ['dump-20240506T180000+0800/x', AT],
    ['2024-05-06 10_00_00.csv', AT],
    ['sosreport-n1-2024-05-06-abcdef/proc/stat', undefined],
    ['proc/4711/stat', undefined],
    ['2024-05-06T25:00:00Z/x', undefined],
    ['2024-02-31T10:00:00Z/x', undefined],
    ['web-7d9c5b6f4d-1234567/x', undefined],
    ['9999999999/x', undefined],
    ['1714989600000/2024-05-06T10:00:01Z', AT + 1000],
  ];
  for (const [path, time] of cases) expect(timeOfPath(path), path).toBe(time);
});
