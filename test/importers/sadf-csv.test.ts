import { checkImport } from '../support/check-import.js';

checkImport('sadf-csv', 'zones.csv');
