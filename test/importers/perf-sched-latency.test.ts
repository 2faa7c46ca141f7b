import { checkImport } from '../support/check-import.js';

checkImport('perf-sched-latency', 'old.txt');
