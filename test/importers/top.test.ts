import { checkImport } from '../support/check-import.js';

checkImport('top', 'two-screens.txt');
checkImport('top', 'han.txt');
