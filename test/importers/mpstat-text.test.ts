import { checkImport } from '../support/check-import.js';

checkImport('mpstat-text', 'all-softirqs.txt');
