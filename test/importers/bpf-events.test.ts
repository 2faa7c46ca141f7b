import { checkImport } from '../support/check-import.js';

checkImport('bpf-events', 'tcpretrans.txt');
checkImport('bpf-events', 'slow-files.txt');
checkImport('bpf-events', 'tcpstates.txt');
checkImport('bpf-events', 'tcptop.txt');
