import { checkImport } from '../support/check-import.js';

checkImport('netstat-connections', 'listeners.txt');
