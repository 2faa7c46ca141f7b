import { checkImport } from '../support/check-import.js';

checkImport('uptime', 'dated.txt');
