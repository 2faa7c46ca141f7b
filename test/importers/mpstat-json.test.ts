import { checkImport } from '../support/check-import.js';

checkImport('mpstat-json', 'two.json');
