import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('lsmod', 'ipvs.txt');
checkImport('lsmod', 'proc-modules.txt');
checkNotMine('lsmod', {
  prose: 'Module ip_vs was loaded\n',
  JSON: '{"a": 1}\n',
  swaps: 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
});
