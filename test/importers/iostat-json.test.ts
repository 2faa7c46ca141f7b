import { checkImport } from '../support/check-import.js';

checkImport('iostat-json', 'v11.json');
checkImport('iostat-json', 'v12-no-times.json');
