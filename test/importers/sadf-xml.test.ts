import { checkImport } from '../support/check-import.js';

checkImport('sadf-xml', 'cpu-and-disk.xml');
