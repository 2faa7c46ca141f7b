import { checkImport } from '../support/check-import.js';

checkImport('free', 'megabytes.txt');
checkImport('free', 'human.txt');
checkImport('free', 'han.txt');
