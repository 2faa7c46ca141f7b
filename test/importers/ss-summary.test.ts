import { checkImport } from '../support/check-import.js';

checkImport('ss-summary', 'plain.txt');
