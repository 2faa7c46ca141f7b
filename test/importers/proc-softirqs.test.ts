import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-softirqs', '6.1.txt');
checkNotMine('proc-softirqs', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  interrupts: '           CPU0       CPU1\n  0:         85          0   IO-APIC   2-edge      timer\n',
});
