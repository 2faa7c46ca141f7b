import { checkImport } from '../support/check-import.js';

checkImport('vmstat', 'zone-and-repeated-head.txt');
checkImport('vmstat', 'han.txt');
