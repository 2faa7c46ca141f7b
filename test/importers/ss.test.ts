import { checkImport } from '../support/check-import.js';

checkImport('ss', 'details.txt');
checkImport('ss', 'filtered-twice.txt');
