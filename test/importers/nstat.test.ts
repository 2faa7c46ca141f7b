import { checkImport } from '../support/check-import.js';

checkImport('nstat', 'deltas.txt');
checkImport('nstat', 'totals.json');
