import { checkImport } from '../support/check-import.js';

checkImport('netstat-statistics', 'two-sections.txt');
