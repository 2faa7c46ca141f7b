import { checkImport } from '../support/check-import.js';

checkImport('sadf-json', 'several-tables.json');
checkImport('sadf-json', 'interrupts-pressure.json');
