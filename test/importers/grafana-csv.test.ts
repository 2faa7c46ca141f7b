import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

// names cells by their titles; two frames in one file; rows of series before and after version 7; BOM, `sep=;` and
// decimal commas; headers that repeat; legends in place of metrics
checkImport('grafana-csv', 'joined.csv');
checkImport('grafana-csv', 'frames.csv');
checkImport('grafana-csv', 'series-rows.csv');
checkImport('grafana-csv', 'metric-rows.csv');
checkImport('grafana-csv', 'bom-semicolon.csv');
checkImport('grafana-csv', 'duplicate-headers.csv');
checkImport('grafana-csv', 'legends.csv');
checkImport('grafana-csv', 'utf-16.csv', { keepLineEnds: true });
checkNotMine('grafana-csv', tableLooks);
