import { checkImport } from '../support/check-import.js';

checkImport('perf-sched-timehist', 'plain.txt');
