import { checkImport } from '../support/check-import.js';

checkImport('sadf-ppc', 'mixed.txt');
