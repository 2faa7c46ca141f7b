import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-cgroups', '5.10.txt');
checkImport('proc-cgroups', 'damaged.txt');
checkNotMine('proc-cgroups', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'cgroups of a process': '12:memory:/kubepods/burstable\n0::/\n',
});
