import { checkImport } from '../support/check-import.js';

checkImport('netstat-interfaces', 'three.txt');
