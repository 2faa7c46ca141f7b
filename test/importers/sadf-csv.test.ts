import { checkImport } from '../support/check-import.js';

checkImport('sadf-csv', 'zones.csv');
checkImport('sadf-csv', 'horizontal.csv');
checkImport('sadf-csv', 'interrupts.csv');
