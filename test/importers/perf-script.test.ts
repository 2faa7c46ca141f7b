import { checkImport } from '../support/check-import.js';

checkImport('perf-script', 'tracepoints.txt');
