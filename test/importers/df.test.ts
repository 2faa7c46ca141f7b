import { checkImport } from '../support/check-import.js';

checkImport('df', 'wrapped.txt');
checkImport('df', 'inodes.txt');
checkImport('df', 'han.txt');
