import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('grafana-json', 'query.json');
checkImport('grafana-json', 'datapoints.json');
checkImport('grafana-json', 'graphite.json');
checkImport('grafana-json', 'panel-data.json');
checkImport('grafana-json', 'points.json');
checkImport('grafana-json', 'snapshot.json');
checkNotMine('grafana-json', tableLooks);
