import { expect, it } from 'vitest';
import { prometheusQuery } from '../../src/importers/prometheus-query.js';
import { checkImport, checkNotMine, readWith } from '../support/check-import.js';
import { summary } from '../support/summary.js';

checkImport('prometheus-query', 'matrix.json');
checkImport('prometheus-query', 'vector.json');
checkImport('prometheus-query', 'scalar.json');
checkImport('prometheus-query', 'histogram.json');
checkImport('prometheus-query', 'error.json');
checkImport('prometheus-query', 'bare.json');
checkImport('prometheus-query', 'by-query.json');
checkImport('prometheus-query', 'cut.json');
checkImport('prometheus-query', 'two-answers.json');
checkImport('prometheus-query', 'series.json');
checkNotMine('prometheus-query', {
  'a Loki answer': '{"status":"success","data":{"resultType":"streams","result":[]}}',
  'Grafana frames': '{"results":{"A":{"frames":[{"schema":{"meta":{"custom":{"resultType":"matrix"}}}}]}}}',
  'a VictoriaMetrics export': '{"metric":{"__name__":"up"},"values":[1],"timestamps":[1700000000000]}\n',
  'another JSON': '{"items":[],"kind":"List"}',
});

it('reads the keys of a series in any order', async () => {
  const metric = '"metric":{"__name__":"rpc_seconds","job":"a"}';
  const bucket = '"buckets":[[0,"0.25","0.5","3"],[0,"0.5","1","5"]]';
  const rest = [
    `"histograms":[[1700000000,{"count":"8","sum":"2.5",${bucket}}],[1700000015,{${bucket},"sum":"3","count":"8"}]]`,
    '"values":[[1700000030,"7"],[1700000045,"8"]]',
  ];
  const read = async (entry: string): Promise<string> => {
    const text = `{"data":{"result":[{${entry}}],"resultType":"matrix"},"status":"success"}`;
    return summary(await readWith(prometheusQuery, 'x.json', new TextEncoder().encode(text)));
  };
  const first = await read([metric, ...rest].join());
  expect(first).toContain('rpc_seconds_bucket');
  expect(first).toContain('rpc_seconds_count');
  expect(await read([...rest, metric].join())).toBe(first);
  expect(await read([rest[1], metric, rest[0]].join())).toBe(first);
  expect(await read([...rest].reverse().concat(metric).join())).toBe(first);
});

it('keeps histograms without labels, and says what is no number in them', async () => {
  const text =
    '{"status":"success","data":{"resultType":"vector","result":[{"histogram":[1700000000,{"count":"x","sum":"1"}]}]}}';
  const { series, problems } = await readWith(prometheusQuery, 'x.json', new TextEncoder().encode(text));
  expect(series.map(({ name, value }) => [name, ...value])).toEqual([
    ['histogram_count', NaN],
    ['histogram_sum', 1],
  ]);
  expect(problems.map(({ code, line }) => [code, line])).toEqual([['BAD_NUMBER', 1]]);
});
