import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('lscpu-table', 'extended.txt');
checkImport('lscpu-table', 'parsable.txt');
checkNotMine('lscpu-table', {
  mpstat: '10:00:00 AM  CPU     %usr   %nice\n10:00:01 AM  all    10.00    0.00\n',
  'a table of containers': 'CPU   MEM   NAME\n1     2     web\n',
});
