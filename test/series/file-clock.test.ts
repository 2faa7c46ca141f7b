import { expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { prepare } from '../../src/series/prepare.js';
import type { FileReport } from '../../src/types/case.js';
import { memoryDump } from '../support/memory-dump.js';

async function reports(files: Record<string, string>): Promise<Map<string, FileReport>> {
  const given = Object.entries(files).map(([path, content]) => ({ path, content }));
  const { files: found } = prepare(await importDump(memoryDump(given)));
  return new Map(found.map((file) => [file.path, file]));
}

const matrix = (times: readonly number[]): string =>
  `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[${times.map((t) => `[${t},"1"]`).join()}]}]}}`;

it('tells step and zone of each file', async () => {
  const found = await reports({
    'a.json': matrix([1700000000, 1700000015, 1700000030, 1700000090]),
    'b.json': matrix([1800000000, 1800000060]),
    'local.csv': 'Time,"up"\n2023-11-14 22:13:20,1\n2023-11-14 22:13:30,1\n2023-11-14 22:13:40,1\n',
  });
  expect(found.get('a.json')).toMatchObject({ step: 15_000, zone: 'UTC' });
  expect(found.get('b.json')).toMatchObject({ step: 60_000, zone: 'UTC' });
  expect(found.get('local.csv')?.step).toBe(10_000);
  expect(found.get('local.csv')?.zone).toMatch(/^UTC.*(inferred|assumed)/);
});

it('measures the step of snapshots from one file to the next', async () => {
  const dump = Object.fromEntries(
    [0, 5, 10].map((s) => [`${1700000000 + s}/proc/loadavg`, `0.10 0.20 0.30 1/100 ${s}\n`]),
  );
  const found = await reports(dump);
  expect([...found.values()].map(({ step }) => step)).toEqual([undefined, 5000, 5000]);
});

it('names no span, step or zone where nothing tells a time', async () => {
  const found = (await reports({ loadavg: '0.10 0.20 0.30 1/100 5\n' })).get('loadavg')!;
  expect([found.importer, found.span, found.step, found.zone]).toEqual([
    'proc-loadavg',
    undefined,
    undefined,
    undefined,
  ]);
});
