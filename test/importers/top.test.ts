import { checkImport } from '../support/check-import.js';

checkImport('top', 'french.txt');
checkImport('top', 'german.txt');
checkImport('top', 'half-translated.txt');
checkImport('top', 'two-screens.txt');
checkImport('top', 'han.txt');
