import { checkImport } from '../support/check-import.js';

checkImport('lsof', 'blanks.txt');
