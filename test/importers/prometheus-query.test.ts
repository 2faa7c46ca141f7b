import { checkImport } from '../support/check-import.js';

checkImport('prometheus-query', 'matrix.json');
