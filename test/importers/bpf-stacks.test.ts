import { checkImport } from '../support/check-import.js';

checkImport('bpf-stacks', 'offcputime.txt');
checkImport('bpf-stacks', 'folded.txt');
