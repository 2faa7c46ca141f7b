import { expect, it } from 'vitest';
import { ImportSession } from '../../src/series/session.js';

const TAKEN = { time: 1.7e12, how: 'archive' } as const;

it('joins one name over many files, but not files that nothing dates', () => {
  const session = new ImportSession();
  for (const [path, taken] of [['a', TAKEN], ['b', { ...TAKEN, time: 1.7e12 + 1 }], ['c', undefined], ['d', undefined]] as const) {
    const sink = session.open(path, taken, {});
    sink.importer = 'x';
    const time = sink.taken?.time ?? 0;
    sink.series('up', { job: 'a' }).push(time, 1, 1);
    sink.close('x');
  } // prettier-ignore
  const { series } = session.finish('dump', '', []);
  expect(series.map(({ time }) => time.length).sort()).toEqual([1, 1, 2]);
});

it('keeps names of a file to itself, and series of local clocks apart', () => {
  const session = new ImportSession();
  for (const path of ['a', 'b']) {
    const sink = session.open(path, undefined, {});
    sink.importer = 'x';
    if (path === 'b') sink.clock({ kind: 'local' });
    sink.series('Value', {}, { scope: 'file' }).push(1, 1);
    sink.series('', {}).push(1, 1);
    sink.series('shared', {}).push(path === 'a' ? 1 : 2, 1);
    sink.close('x');
  }
  const names = session.finish('dump', '', []).series.map(({ name }) => name);
  expect(names.sort()).toEqual(['Value', 'Value', 'a', 'b', 'shared', 'shared']);
});

it('folds repeated problems', () => {
  const session = new ImportSession();
  const sink = session.open('a', undefined, {});
  for (let line = 1; line <= 100; line++) sink.problem('BAD_NUMBER', { found: 'x' }, line);
  sink.close('x');
  const { problems } = session.finish('dump', '', []);
  expect(problems).toHaveLength(20);
  expect(problems.at(-1)?.more).toBe(80);
});

it('reports disorder and conflicts, once per instant', () => {
  const session = new ImportSession();
  const sink = session.open('a', undefined, {});
  sink.importer = 'x';
  const writer = sink.series('up', {});
  for (const [time, value] of [[30, 3], [0, 1], [15, 2], [15, 9], [15, 2]] as const) writer.push(time, value); // prettier-ignore
  sink.close('x');
  const { series, problems } = session.finish('dump', '', []);
  expect([...series[0]!.time]).toEqual([0, 15, 30]);
  expect(problems.map(({ code, args }) => [code, args['count']])).toEqual([
    ['UNSORTED_SAMPLES', 1],
    ['CONFLICTING_SAMPLES', 1],
  ]);
});
