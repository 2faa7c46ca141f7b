import { checkImport } from '../support/check-import.js';

checkImport('bpf-histogram', 'intervals.txt');
checkImport('bpf-histogram', 'bpftrace.txt');
