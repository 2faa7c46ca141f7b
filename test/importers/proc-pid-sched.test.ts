import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-sched', '3.10-resets-on-read.txt');
checkImport('proc-pid-sched', '6.1.txt', { path: 'proc/211/sched', runs: 20 });
checkImport('proc-pid-sched', 'grep.txt');
checkNotMine('proc-pid-sched', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
