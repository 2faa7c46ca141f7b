import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('prometheus-alerts', 'alerts.json');
checkImport('prometheus-alerts', 'rules.json');
checkImport('prometheus-alerts', 'alertmanager.json');
checkNotMine('prometheus-alerts', {
  'the series ALERTS': '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"ALERTS","alertname":"X"},"value":[1714989600,"1"]}]}}', // prettier-ignore
  'a log line of Alertmanager': '{"ts":"2024-05-06T10:00:00Z","level":"info","msg":"startsAt alertname"}\n',
});
