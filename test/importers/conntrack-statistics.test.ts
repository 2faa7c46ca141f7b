import { checkImport } from '../support/check-import.js';

checkImport('conntrack-statistics', 'twice.txt');
