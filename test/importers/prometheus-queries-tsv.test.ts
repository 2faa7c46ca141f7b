import { expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { checkImport, checkNotMine } from '../support/check-import.js';
import { memoryDump } from '../support/memory-dump.js';

checkImport('prometheus-queries-tsv', 'queries.tsv');
checkNotMine('prometheus-queries-tsv', { numbers: 'a\tb\n1\t2\n' });

const ANSWER =
  '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"pod":"a"},"values":[[1,"2"]]}]}}';

it('names the answers beside it', async () => {
  const imported = await importDump(
    memoryDump([
      { path: 'metrics/queries.tsv', content: 'r.json\trate(x[1m])\n' },
      { path: 'metrics/r.json', content: ANSWER },
      { path: 'other/r.json', content: ANSWER },
    ]),
  );
  expect(imported.series.map(({ name }) => name)).toEqual(['rate(x[1m])', 'r']);
});
