import { checkImport } from '../support/check-import.js';

checkImport('sar-text', 'us-12h-restart.txt');
checkImport('sar-text', 'human-han.txt');
checkImport('sar-text', 'decimal-commas-truncated.txt');
