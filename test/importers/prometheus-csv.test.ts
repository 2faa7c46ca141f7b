import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('prometheus-csv', 'wide.csv');
checkImport('prometheus-csv', 'long.csv');
checkImport('prometheus-csv', 'labels-in-cell.csv');
checkImport('prometheus-csv', 'tabs.csv');
checkNotMine('prometheus-csv', tableLooks);
