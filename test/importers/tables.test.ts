import { checkImport, checkNotMine } from '../support/check-import.js';

for (const fixture of ['joined.csv', 'frames.csv', 'series-rows.csv', 'metric-rows.csv']) checkImport('grafana-csv', fixture); // prettier-ignore
for (const fixture of ['wide.csv', 'long.csv', 'labels-in-cell.csv']) checkImport('prometheus-csv', fixture);
for (const fixture of ['decimal-comma.csv', 'fold.csv', 'relative.csv', 'load-generator.csv', 'header-rows.csv']) checkImport('csv-timeseries', fixture); // prettier-ignore
for (const fixture of ['query.json', 'datapoints.json', 'snapshot.json']) checkImport('grafana-json', fixture);
checkImport('grafana-dashboard', 'rows.json');
for (const fixture of ['wireshark.csv', 'fields.csv']) checkImport('tshark-csv', fixture);
checkImport('trace-csv', 'spans.csv');
checkImport('log-csv', 'container.csv');

const looks = {
  prose: 'Dear colleague,\n\nthe pods are slow, please look, thank you.\n',
  json: '{"status":"success","data":{"resultType":"matrix","result":[]}}',
  'a log': '2024-05-06 10:00:00,123 INFO main - started, ready\n2024-05-06 10:00:01,456 WARN main - slow\n',
  'a table without times': 'name,city\nAnna,Berlin\nBo,Oslo\n',
  'proc net dev': 'Inter-|   Receive                                                |  Transmit\n face |bytes    packets\n    lo:  100 1\n', // prettier-ignore
};
for (const id of ['grafana-csv', 'prometheus-csv', 'csv-timeseries', 'tshark-csv', 'trace-csv', 'log-csv'])
  checkNotMine(id, looks);
checkNotMine('grafana-json', looks);
checkNotMine('grafana-dashboard', looks);
