import { checkImport } from '../support/check-import.js';

checkImport('iostat-text', 'extended-12.txt');
