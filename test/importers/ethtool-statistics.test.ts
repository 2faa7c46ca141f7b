import { checkImport } from '../support/check-import.js';

checkImport('ethtool-statistics', 'queues.txt');
