import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-interrupts', '6.1.txt', { runs: 20 });
checkImport('proc-interrupts', 'one-cpu.txt');
checkNotMine('proc-interrupts', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  softirqs: '                    CPU0       CPU1\n          HI:          0          0\n',
});
