import { checkImport } from '../support/check-import.js';

checkImport('df', 'output.txt');
checkImport('df', 'wrapped.txt');
checkImport('df', 'inodes.txt');
checkImport('df', 'han.txt');
