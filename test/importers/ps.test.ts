import { checkImport } from '../support/check-import.js';

checkImport('ps', 'aux.txt');
checkImport('ps', 'threads-wchan.txt');
