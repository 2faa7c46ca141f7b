import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('prometheus-query', 'matrix.json');
checkImport('prometheus-query', 'vector.json');
checkImport('prometheus-query', 'scalar.json');
checkImport('prometheus-query', 'histogram.json');
checkImport('prometheus-query', 'error.json');
checkImport('prometheus-query', 'bare.json');
checkImport('prometheus-query', 'cut.json');
checkImport('prometheus-query', 'two-answers.json');
checkImport('prometheus-query', 'series.json');
checkNotMine('prometheus-query', {
  'a Loki answer': '{"status":"success","data":{"resultType":"streams","result":[]}}',
  'Grafana frames': '{"results":{"A":{"frames":[{"schema":{"meta":{"custom":{"resultType":"matrix"}}}}]}}}',
  'a VictoriaMetrics export': '{"metric":{"__name__":"up"},"values":[1],"timestamps":[1700000000000]}\n',
  'another JSON': '{"items":[],"kind":"List"}',
});
