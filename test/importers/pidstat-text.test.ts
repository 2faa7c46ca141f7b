import { checkImport } from '../support/check-import.js';

checkImport('pidstat-text', 'threads.txt');
checkImport('pidstat-text', 'epoch-h.txt');
