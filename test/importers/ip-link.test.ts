import { checkImport } from '../support/check-import.js';

checkImport('ip-link', 'two.txt');
checkImport('ip-link', 'one-line.txt');
