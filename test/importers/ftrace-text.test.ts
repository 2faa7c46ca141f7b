import { checkImport } from '../support/check-import.js';

checkImport('ftrace-text', 'lost.txt');
