import { checkImport } from '../support/check-import.js';

checkImport('lscpu', 'indented.txt');
