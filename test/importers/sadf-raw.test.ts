import { checkImport } from '../support/check-import.js';

checkImport('sadf-raw', 'mixed.txt');
