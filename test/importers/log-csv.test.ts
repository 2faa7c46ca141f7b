import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('log-csv', 'container.csv');
checkImport('log-csv', 'grafana-labels.csv');
checkImport('log-csv', 'multiline.csv', { keepLineEnds: true });
checkNotMine('log-csv', tableLooks);
