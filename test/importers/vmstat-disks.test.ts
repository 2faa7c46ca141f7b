import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('vmstat-disks', 'two-reports.txt');
checkImport('vmstat-disks', 'timed-wide.txt');
checkNotMine('vmstat-disks', {
  prose: 'connection reset by peer\n',
  vmstat: ' r  b   swpd   free   buff  cache\n 2  0      0 279471  29596 312724\n',
});
