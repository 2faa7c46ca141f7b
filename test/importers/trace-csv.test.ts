import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('trace-csv', 'spans.csv');
checkImport('trace-csv', 'reversed.csv');
checkNotMine('trace-csv', tableLooks);
