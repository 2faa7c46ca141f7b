import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('vmstat-totals', 'disks.txt');
checkImport('vmstat-totals', 'procps4.txt');
checkNotMine('vmstat-totals', {
  prose: 'connection reset by peer\n',
  'netstat -s': 'Ip:\n    12 total packets received\n    3 forwarded\n',
  vmstat: ' r  b   swpd   free   buff  cache\n 2  0      0 279471  29596 312724\n',
});
